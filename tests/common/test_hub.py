"""Pulling models from a server that behaves like the hub, well and badly."""

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.errors import ModelError, UsageError
from common.hub import pull
from common.hub_models import HUB_MODELS, config_lines, hub_model, model_file, pull_command, pulled
from common.models import locate
from common.section import ModelFile
from tests.common.fake_hub import COMMIT, FakeHub, bytes_instead, page, status, truncated

LLM, FOLDER = hub_model("qwen3-4b"), hub_model("bge-base")
WEIGHTS = random.Random(6).randbytes(300_000)
CONFIG = b'{"hidden_size": 768}'


class Heard:
    """A `Progress` that remembers."""

    def __init__(self) -> None:
        self.files: list[tuple[str, int, int]] = []
        self.bytes = 0

    def file(self, name: str, size: int, have: int) -> None:
        self.files.append((name, size, have))

    def advance(self, count: int) -> None:
        self.bytes += count


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)  # the embedding model's loading sets it for the process
    with FakeHub() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        server.add(LLM.repo, {LLM.file: WEIGHTS, "other-Q8_0.gguf": b"not asked for"}, {LLM.file})
        around = {"config.json": CONFIG, "1_Pooling/config.json": b"{}", "vocab.txt": b"a\nb\n", "README.md": b"#"}
        formats = {"onnx/config.json": b"{}", "pytorch_model.bin": WEIGHTS}
        server.add(FOLDER.repo, {FOLDER.file: WEIGHTS, **around, **formats}, {FOLDER.file, "pytorch_model.bin"})
        yield server


class Waits(list[float]):
    """Waits that take no time, to be counted."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def target(models: Path) -> Path:
    return models / LLM.name / LLM.file


def nothing_left(models: Path) -> bool:
    return not [p for p in (models / LLM.name).rglob("*") if p.name != ".lock"] and pulled(models, LLM) is None


def test_a_model_of_one_file_is_fetched_checked_and_written_down(hub: FakeHub, tmp_path: Path) -> None:
    heard = Heard()
    found = pull(LLM, tmp_path, heard)
    sha256 = hashlib.sha256(WEIGHTS).hexdigest()
    assert target(tmp_path).read_bytes() == WEIGHTS
    assert json.loads((tmp_path / LLM.name / "pulled.json").read_text()) == {
        "name": LLM.name,
        "repo": LLM.repo,
        "revision": COMMIT,
        "files": [{"file": LLM.file, "bytes": len(WEIGHTS), "sha256": sha256, "hub_checksum": sha256}],
    }
    assert found == pulled(tmp_path, LLM)
    assert (heard.files, heard.bytes) == ([(LLM.file, len(WEIGHTS), 0)], len(WEIGHTS))
    setting = model_file(tmp_path, LLM, found)
    assert locate(setting, "llm.model") == target(tmp_path)
    assert setting.sha256 == sha256


def test_a_model_in_a_folder_gets_what_stands_around_the_weights_and_no_other_format(hub: FakeHub, tmp_path: Path) -> None:
    found = pull(FOLDER, tmp_path, Heard())
    names = ["1_Pooling/config.json", "config.json", "vocab.txt", FOLDER.file]
    assert [entry.file for entry in found.files] == names
    assert (tmp_path / FOLDER.name / "config.json").read_bytes() == CONFIG
    assert {a.path.split("/")[4] for a in hub.requests if "/resolve/" in a.path and FOLDER.file not in a.path} == {COMMIT}


def test_pulling_again_fetches_nothing_and_mends_what_is_damaged(hub: FakeHub, tmp_path: Path) -> None:
    first = pull(FOLDER, tmp_path, Heard())
    hub.requests.clear()
    assert pull(FOLDER, tmp_path, Heard()) == first
    assert not [a for a in hub.requests if a.method == "GET" and "/resolve/" in a.path]
    (tmp_path / FOLDER.name / FOLDER.file).write_bytes(WEIGHTS[::-1])
    heard = Heard()
    assert pull(FOLDER, tmp_path, heard) == first
    assert heard.bytes == len(WEIGHTS)


def test_a_cut_connection_is_resumed_where_it_was_cut(hub: FakeHub, tmp_path: Path) -> None:
    hub.misbehave("GET", LLM.file, truncated(100_000), truncated(50_000))
    heard, waits = Heard(), Waits()
    pull(LLM, tmp_path, heard, sleep=waits)
    assert target(tmp_path).read_bytes() == WEIGHTS
    assert hub.fetched(LLM.file) == [None, "bytes=100000-", "bytes=150000-"]
    assert (heard.bytes, waits) == (len(WEIGHTS), [1.0, 1.0])


def test_a_stopped_pull_goes_on_in_the_next_process(hub: FakeHub, tmp_path: Path) -> None:
    class Stops(Heard):
        def advance(self, count: int) -> None:
            super().advance(count)
            if self.bytes >= 100_000:
                raise KeyboardInterrupt

    stops = Stops()
    with pytest.raises(KeyboardInterrupt):
        pull(LLM, tmp_path, stops)
    assert pulled(tmp_path, LLM) is None
    assert not target(tmp_path).exists()
    heard = Heard()
    pull(LLM, tmp_path, heard)
    assert target(tmp_path).read_bytes() == WEIGHTS
    assert heard.files == [(LLM.file, len(WEIGHTS), stops.bytes)]
    assert heard.bytes == len(WEIGHTS) - stops.bytes


def test_a_server_without_ranges_begins_anew(hub: FakeHub, tmp_path: Path) -> None:
    hub.ranges = False
    hub.misbehave("GET", LLM.file, truncated(100_000))
    heard = Heard()
    pull(LLM, tmp_path, heard, sleep=Waits())
    assert target(tmp_path).read_bytes() == WEIGHTS
    assert heard.files == [(LLM.file, len(WEIGHTS), 0), (LLM.file, len(WEIGHTS), 0)]


def test_another_revision_is_never_joined_to_a_part_of_the_old_one(hub: FakeHub, tmp_path: Path) -> None:
    hub.misbehave("GET", LLM.file, truncated(100_000), *[status(503)] * 5)
    with pytest.raises(ModelError):
        pull(LLM, tmp_path, Heard(), sleep=Waits())
    hub.files[LLM.repo][LLM.file] = WEIGHTS[::-1]
    pull(LLM, tmp_path, Heard())
    assert target(tmp_path).read_bytes() == WEIGHTS[::-1]


@pytest.mark.parametrize("code", [429, 500, 503, 504])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_what_may_pass_is_tried_again(hub: FakeHub, tmp_path: Path, method: str, code: int) -> None:
    hub.misbehave(method, LLM.file, status(code), status(code))
    waits = Waits()
    pull(LLM, tmp_path, Heard(), sleep=waits)
    assert target(tmp_path).read_bytes() == WEIGHTS
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(
    ("headers", "waits"), [({"Retry_After": "7"}, [7.0]), ({"RateLimit": '"resolvers";r=0;t=42'}, [42.0]), ({"Retry_After": "soon"}, [1.0])]
)
def test_the_rest_that_is_asked_for_is_kept(hub: FakeHub, tmp_path: Path, headers: dict[str, str], waits: list[float]) -> None:
    hub.misbehave("GET", LLM.file, status(429, **headers))
    slept = Waits()
    pull(LLM, tmp_path, Heard(), sleep=slept)
    assert slept == waits


@pytest.mark.parametrize(
    ("method", "faults", "says"),
    [
        ("HEAD", [status(401)], r"127\.0\.0\.1 refuses .*\(401\).*`hf auth login`"),
        ("HEAD", [status(403)], r"refuses .*\(403\)"),
        ("HEAD", [status(404)], r"has no Qwen3.* in unsloth/.*\(404\).*take another"),
        ("GET", [status(404)], r"has no Qwen3.*\(404\)"),
        ("GET", [status(403)], r"refuses .*\(403\)"),
        ("HEAD", [status(429, Retry_After="900")], r"asks for fewer requests \(429\): pull again in 900 s"),
        ("GET", [status(503)] * 5, r"is not well \(503\): pull again later"),
        ("HEAD", [page()], "does not answer as a model hub: a login page"),
        ("GET", [page()], r"gave a web page in place of Qwen3.*: a login page or a proxy"),
        ("GET", [bytes_instead(WEIGHTS[::-1])], r"came with another checksum than 127\.0\.0\.1 names .* and was thrown away"),
        ("GET", [bytes_instead(WEIGHTS + b"more")], r"is longer than .* says \(300000 bytes\)"),
        ("GET", [truncated(0)] * 5, "is out of reach or broke off"),
    ],
)
def test_what_does_not_pass_is_an_error_of_one_line_and_leaves_nothing(
    hub: FakeHub, tmp_path: Path, method: str, faults: list, says: str
) -> None:
    hub.misbehave(method, LLM.file, *faults)
    with pytest.raises(ModelError, match=says) as raised:
        pull(LLM, tmp_path, Heard(), sleep=Waits())
    assert "\n" not in raised.value.user_message
    assert pulled(tmp_path, LLM) is None
    assert not target(tmp_path).exists()
    # And the next pull mends it.
    pull(LLM, tmp_path, Heard())
    assert target(tmp_path).read_bytes() == WEIGHTS


def test_a_wrong_checksum_leaves_no_part_behind(hub: FakeHub, tmp_path: Path) -> None:
    hub.misbehave("GET", LLM.file, bytes_instead(WEIGHTS[::-1]))
    with pytest.raises(ModelError, match="another checksum"):
        pull(LLM, tmp_path, Heard())
    assert nothing_left(tmp_path)


def test_a_small_file_is_checked_too(hub: FakeHub, tmp_path: Path) -> None:
    hub.misbehave("GET", "config.json", bytes_instead(CONFIG.replace(b"7", b"8")))
    with pytest.raises(ModelError, match=r"config\.json came with another checksum"):
        pull(FOLDER, tmp_path, Heard())
    assert hub.fetched(FOLDER.file) == []  # small ones come first


def test_a_list_of_files_that_is_a_page_or_leads_out_of_the_folder_is_refused(hub: FakeHub, tmp_path: Path) -> None:
    hub.misbehave("GET", "", page())
    with pytest.raises(ModelError, match="does not answer as a model hub"):
        pull(FOLDER, tmp_path, Heard())
    hub.files[FOLDER.repo]["../../evil.json"] = b"{}"
    with pytest.raises(ModelError, match=r"holds a file called '../../evil\.json'"):
        pull(FOLDER, tmp_path, Heard())


def test_a_file_without_a_checksum_is_not_taken(hub: FakeHub, tmp_path: Path) -> None:
    hub.misbehave("HEAD", LLM.file, status(200, ETag='"v1"', X_Repo_Commit=COMMIT, Content_Length=str(len(WEIGHTS))))
    with pytest.raises(ModelError, match="the hub names no checksum"):
        pull(LLM, tmp_path, Heard())
    assert not target(tmp_path).exists()


def test_the_account_s_token_goes_to_the_hub_and_not_to_the_content_network(
    hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    pull(LLM, tmp_path, Heard())
    assert {(a.cdn, a.headers.get("authorization")) for a in hub.requests} == {(False, "Bearer hf_secret"), (True, None)}


def test_no_network_is_said_at_once(hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Waits()
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"is out of reach or broke off.*connect, and pull again"):
        pull(LLM, tmp_path, Heard(), sleep=waits)
    assert waits == []
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE is set"):
        pull(LLM, tmp_path, Heard())


def test_a_full_disk_and_a_second_pull_are_said(hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Second(Heard):
        said = ""

        def file(self, name: str, size: int, have: int) -> None:
            with pytest.raises(ModelError, match="is being fetched by another") as raised:
                pull(LLM, tmp_path, Heard())
            self.said = raised.value.user_message

    second = Second()
    pull(LLM, tmp_path, second)
    assert second.said
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("common.hub.shutil.disk_usage", lambda _path: usage)
    hub.add(hub_model("minilm-cross-encoder").repo, {"model.safetensors": b"w"}, {"model.safetensors"})
    with pytest.raises(ModelError, match=r"minilm-cross-encoder needs 100 MB, 1 MB are free"):
        pull(hub_model("minilm-cross-encoder"), tmp_path, Heard())
    (tmp_path / "a file").write_bytes(b"")
    with pytest.raises(ModelError, match="cannot write to"):
        pull(LLM, tmp_path / "a file", Heard())


def test_an_incomplete_folder_is_not_installed(hub: FakeHub, tmp_path: Path) -> None:
    pull(FOLDER, tmp_path, Heard())
    assert pulled(tmp_path, FOLDER)
    (tmp_path / FOLDER.name / "vocab.txt").unlink()
    assert pulled(tmp_path, FOLDER) is None
    (tmp_path / FOLDER.name / "pulled.json").write_text("[]")
    assert pulled(tmp_path, FOLDER) is None


def test_the_lines_for_config_yaml_are_settings(hub: FakeHub, tmp_path: Path) -> None:
    import yaml

    lines = config_lines(LLM, model_file(tmp_path, LLM, pull(LLM, tmp_path, Heard())))
    section = yaml.safe_load(lines)["llm"]["model"]
    assert locate(ModelFile(**section), "llm.model") == target(tmp_path)


def test_names_licences_and_the_one_recommended() -> None:
    assert len({model.name for model in HUB_MODELS}) == len(HUB_MODELS)
    assert {model.licence for model in HUB_MODELS} <= {"Apache-2.0", "MIT"}
    assert [model.name for model in HUB_MODELS if model.recommended] == ["qwen3-4b"]
    with pytest.raises(UsageError, match="did you mean qwen3-4b"):
        hub_model("qwen3-4")


@pytest.mark.parametrize("model", HUB_MODELS, ids=lambda m: m.name)
def test_a_configured_model_that_is_missing_names_its_command(model, tmp_path: Path) -> None:
    command = f"lector models pull {model.name}"
    for setting in (ModelFile(repo=model.repo, file=model.file), ModelFile(path=tmp_path / model.name, file=model.file)):
        assert pull_command(setting) == command
        with pytest.raises(ModelError, match=command):
            locate(setting, "llm.model")
    assert pull_command(ModelFile(path=tmp_path, file="model.safetensors")) is None
    assert pull_command(ModelFile(repo="someone/else", file=model.file)) is None
