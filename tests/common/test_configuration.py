from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from common.configuration import load_settings
from common.errors import ConfigError
from common.settings import Settings
from tests.conftest import ROOT, THREADS

CONFIG = ROOT / "config.yaml"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def changed(tmp_path: Path):
    """Writes config.yaml with one section changed, and returns its path."""

    def write(**sections: dict | list) -> Path:
        content = yaml.safe_load(CONFIG.read_text("utf-8"))
        for name, values in sections.items():
            content[name] = values if isinstance(values, list) else {**content.get(name, {}), **values}
        path = tmp_path / "config.yaml"
        path.write_text(yaml.safe_dump(content), "utf-8")
        return path

    return write


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no configuration file at .*nowhere\.yaml"):
        load_settings(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        ({"retrieval": {"top_kk": 3}}, r"retrieval\.top_kk is no setting; did you mean top_k\?"),
        ({"retrieval": {"top_k": "many"}}, r"retrieval\.top_k: .*got 'many'"),
        ({"retreival": {"top_k": 3}}, r"retreival is no setting; did you mean retrieval\?"),
        ({"course": {"timezone": "Mars/Olympus"}}, r"course\.timezone: 'Mars/Olympus' is not a time zone"),
        ({"chunking": {"words": 50, "overlap_words": 60}}, r"chunking: overlap_words must be smaller"),
        ({"llm": {"model": {"package": "a", "path": "b", "file": "c"}}}, r"llm\.model: name exactly one of"),
        ({"discord": {"token": "abc"}}, r"discord\.token: keep the token out of YAML"),
        ({"llm": {"server": {"api_key": "abc"}}}, r"llm\.server\.api_key: keep the key out of YAML; set LECTOR_LLM__SERVER__API_KEY"),
        ({"llm": {"engine": "openai"}}, r"llm: engine openai needs server\.model"),
        ({"llm": {"engine": "ollama"}}, r"llm\.engine: .*'llama\.cpp' or 'openai'"),
        ({"llm": {"server": {"base_url": "127.0.0.1:8000"}}}, r"llm\.server\.base_url: must be an address such as"),
        ({"llm": {"server": {"base_url": "https://me:abc@example.org/v1"}}}, r"llm\.server\.base_url: must hold no password or key"),
        ({"embeddings": {"threads": -1}}, r"embeddings\.threads: .*got -1"),
        ({"sources": {"arxiv": {"base_url": "http://example.org"}}}, r"sources\.arxiv\.base_url: must start with https"),
    ],
)
def test_a_wrong_file_is_an_error_of_one_line_that_names_the_key(changed, sections: dict, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as raised:
        load_settings(changed(**sections))
    assert "\n" not in raised.value.user_message
    assert "abc" not in raised.value.user_message


def further(key: str = "nlp-101", folder: str = "corpora/nlp", guild: int = 1) -> dict:
    return {"course": {"key": key, "name": "NLP"}, "corpus": {"dir": folder}, "discord": {"guilds": [guild] if guild else []}}


def test_a_further_course_has_its_own_folders_and_servers_and_shares_the_rest(changed) -> None:
    path = changed(courses=[further()])
    first, second = load_settings(path).each_course()
    assert second.model_dump() == load_settings(path, course="nlp-101").model_dump()
    assert (second.course.key, second.corpus.dir, second.discord.guilds) == ("nlp-101", Path("corpora/nlp"), (1,))
    assert second.storage.dir == first.storage.dir / "courses" / "nlp-101"
    assert second.storage.models_dir == first.storage.models_dir
    assert (second.llm, second.retrieval, second.courses) == (first.llm, first.retrieval, ())


@pytest.mark.parametrize(
    ("courses", "says"),
    [
        ([further("dsa-6000e")], "two courses have the same key dsa-6000e"),
        ([further(), further("bb", "cc")], "two courses have the same server 1"),
        ([further(folder="corpus")], r"two courses have the same corpus\.dir corpus"),
        ([further(guild=0)], r"courses\.0\.discord: guilds must name the servers"),
    ],
)
def test_courses_that_would_be_mixed_up_are_refused(changed, courses: list, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load_settings(changed(courses=courses))


def test_a_course_that_is_not_there_is_named_with_those_that_are(changed) -> None:
    with pytest.raises(ConfigError, match="there is no course 'nlp-102'; did you mean nlp-101"):
        load_settings(changed(courses=[further()]), course="nlp-102")


@pytest.mark.parametrize("text", ["course: [", "- a list", "\x00"])
def test_a_file_that_is_no_yaml_mapping_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"config\.yaml"):
        load_settings(path)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LECTOR_RETRIEVAL__TOP_KK", "3", "LECTOR_RETRIEVAL__TOP_KK is no setting; did you mean top_k"),
        ("LECTOR_RETREIVAL__TOP_K", "3", "LECTOR_RETREIVAL is no setting; did you mean retrieval"),
        ("LECTOR_RETRIEVAL__TOP_K", "many", "environment: LECTOR_RETRIEVAL__TOP_K"),
        ("LECTOR_SOURCES__MIRRORS", "not json", "environment"),
    ],
)
def test_a_wrong_variable_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=says):
        load_settings(CONFIG)


def test_environment_over_dotenv_over_yaml(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(CONFIG).retrieval.top_k == 10
    (tmp_path / ".env").write_text("LECTOR_RETRIEVAL__TOP_K=4\nLECTOR_DISCORD__TOKEN=secret\nLECTOR_LLM__SERVER__API_KEY=secret\n")
    assert load_settings(CONFIG).retrieval.top_k == 4
    monkeypatch.setenv("LECTOR_RETRIEVAL__TOP_K", "7")
    settings = load_settings(CONFIG)
    assert settings.retrieval.top_k == 7
    assert settings.llm.server.api_key is not None
    assert "secret" not in repr(settings)


def test_a_misspelt_key_in_dotenv_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("LECTOR_RETRIEVAL__TOPK=4\n")
    with pytest.raises(ConfigError, match=r"\.env: LECTOR_RETRIEVAL__TOPK"):
        load_settings(CONFIG)


def test_every_setting_stands_in_config_yaml_with_its_default_and_a_comment() -> None:
    content = yaml.safe_load(CONFIG.read_text("utf-8"))
    lines = CONFIG.read_text("utf-8").splitlines()
    defaults = Settings.model_construct(**load_settings(CONFIG).__dict__)

    def walk(model: type[BaseModel], given: dict, value: BaseModel, path: str) -> None:
        assert set(given) == set(model.model_fields), path
        for name, field in model.model_fields.items():
            if isinstance(given[name], dict):
                walk(field.annotation, given[name], getattr(value, name), f"{path}.{name}")
                continue
            assert any(line.strip().startswith(f"{name}:") and "#" in line for line in lines), f"{path}.{name} has no comment"
            if not field.is_required() and path not in (".embeddings.model", ".llm.model", ".quiz.parser", ".course"):
                assert getattr(value, name) == field.get_default(), f"{path}.{name} differs from the code's default"

    walk(Settings, content, defaults, "")
