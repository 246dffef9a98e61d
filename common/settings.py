"""The sections of the settings: what may be set, and within which bounds.

`common.configuration.load_settings` is the only way in. A room is given its section, never the whole. Every field
is documented where people read it, in `config.yaml`; tests/common/test_configuration.py keeps the two equal.
"""

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, YamlConfigSettingsSource

from common.section import ModelFile, Section, Share
from common.settings_bot import Discord, Quiz, Reminders, Servers, StaffQuestions

PREFIX = "LECTOR_"  # of environment variables

_LOCAL = ("http://127.0.0.1:", "http://localhost:")  # where a test server may stand

Language = Literal["en", "zh"]


class Course(Section):
    """Which course this is; everything stored is keyed by `key`."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")]
    name: str
    timezone: str = "UTC"
    language: Language = "en"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as exc:
            raise ValueError(f"{name!r} is not a time zone of the IANA list, such as Asia/Hong_Kong") from exc
        return name


class Corpus(Section):
    """Where the course's own files lie."""

    dir: Path = Path("corpus")


class Storage(Section):
    """Where index and database lie."""

    dir: Path = Path("data")
    models: Path | None = None
    database_url: str | None = None
    keep_revisions: Annotated[int, Field(ge=0)] = 50

    @property
    def models_dir(self) -> Path:
        """Where `lector models pull` puts models."""
        return self.models if self.models is not None else self.dir / "models"


class Arxiv(Section):
    """How papers and what is known of them are fetched from arXiv."""

    enabled: bool = True
    base_url: str = "https://arxiv.org"
    api_url: str = "https://export.arxiv.org/api/query"
    oai_url: str = "https://oaipmh.arxiv.org/oai"
    hosts: tuple[str, ...] = ("arxiv.org", "export.arxiv.org", "www.arxiv.org", "oaipmh.arxiv.org")
    connect_timeout_s: Annotated[float, Field(gt=0)] = 3.0
    read_timeout_s: Annotated[float, Field(gt=0)] = 20.0
    pause_s: Annotated[float, Field(ge=0)] = 3.0
    attempts: Annotated[int, Field(ge=1, le=10)] = 4
    backoff_s: Annotated[float, Field(ge=0)] = 3.0
    retry_after_max_s: Annotated[float, Field(ge=0)] = 60.0
    retry_budget_s: Annotated[float, Field(ge=0)] = 120.0
    fetch_max_s: Annotated[float, Field(gt=0)] = 300.0
    max_mb: Annotated[int, Field(gt=0)] = 50
    check_hours: Annotated[float, Field(ge=0)] = 24.0

    @field_validator("base_url", "api_url", "oai_url")
    @classmethod
    def _https(cls, url: str) -> str:
        if not url.startswith(("https://", *_LOCAL)):
            raise ValueError("must start with https:// (plain http only on this machine)")
        return url.rstrip("/")

    @field_validator("hosts")
    @classmethod
    def _names(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not re.fullmatch("[a-z0-9][a-z0-9.-]*", host):
                raise ValueError(f"{host!r} is no host's name such as arxiv.org")
        return hosts

    @model_validator(mode="after")
    def _on_the_list(self) -> "Arxiv":
        for name in ("base_url", "api_url", "oai_url"):
            url = getattr(self, name)
            if not url.startswith(_LOCAL) and urlsplit(url).hostname not in self.hosts:
                raise ValueError(f"the host of {name} must stand in hosts")
        return self


class Sources(Section):
    """Where papers come from, after `corpus/papers/`."""

    mirrors: tuple[Path, ...] = ()
    arxiv: Arxiv = Arxiv()


class Extraction(Section):
    """How files are read, and what a hostile one may cost before it is given up."""

    workers: Annotated[int, Field(ge=0)] = 0
    timeout_s: Annotated[float, Field(gt=0)] = 60.0
    memory_mb: Annotated[int, Field(ge=256)] = 2048
    max_mb: Annotated[float, Field(gt=0)] = 100.0
    max_pages: Annotated[int, Field(gt=0)] = 1500
    max_chars: Annotated[int, Field(gt=0)] = 5_000_000
    ocr: Literal["auto", "off"] = "auto"
    ocr_language: Annotated[str, Field(pattern=r"^\w+(\+\w+)*$")] = "eng"
    ocr_timeout_s: Annotated[float, Field(gt=0)] = 60.0


class Chunking(Section):
    """How pages are cut into passages; sizes in words."""

    words: Annotated[int, Field(ge=20, le=400)] = 150
    overlap_words: Annotated[int, Field(ge=0)] = 75

    @model_validator(mode="after")
    def _overlap_is_smaller(self) -> "Chunking":
        if self.overlap_words >= self.words:
            raise ValueError("overlap_words must be smaller than words")
        return self


class Embeddings(Section):
    """The sentence-transformers model that embeds passages and questions."""

    model: ModelFile
    dtype: Literal["bfloat16", "float32"] = "bfloat16"
    device: str = "cpu"
    threads: Annotated[int, Field(ge=0)] = 0
    batch_tokens: Annotated[int, Field(gt=0)] = 1024
    query_prefix: str = ""


class LlmServer(Section):
    """An OpenAI-compatible server with the language model. The key never stands in YAML."""

    base_url: str = "http://127.0.0.1:8000/v1"
    model: str = ""
    api_key: SecretStr | None = None
    connect_timeout_s: Annotated[float, Field(gt=0)] = 5.0
    timeout_s: Annotated[float, Field(gt=0)] = 60.0
    attempts: Annotated[int, Field(ge=1, le=10)] = 2

    @field_validator("base_url")
    @classmethod
    def _address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address such as http://127.0.0.1:8000/v1")
        if parts.username is not None or parts.query:
            raise ValueError(f"must hold no password or key: set {PREFIX}LLM__SERVER__API_KEY in the environment or .env")
        return url.rstrip("/")


class Llm(Section):
    """The language model; `max_tokens` and `context_tokens` count its tokens."""

    engine: Literal["llama.cpp", "openai"] = "llama.cpp"
    model: ModelFile
    server: LlmServer = LlmServer()
    context_tokens: Annotated[int, Field(ge=512)] = 2048
    max_tokens: Annotated[int, Field(gt=0)] = 64
    temperature: Annotated[float, Field(ge=0, le=2)] = 0.0
    repeat_penalty: Annotated[float, Field(ge=1, le=2)] = 1.1
    threads: Annotated[int, Field(ge=0)] = 0
    gpu_layers: Annotated[int, Field(ge=-1)] = 0

    @model_validator(mode="after")
    def _served_model(self) -> "Llm":
        if self.engine == "openai" and not self.server.model:
            raise ValueError("engine openai needs server.model, the name under which the server offers the model")
        return self


class Retrieval(Section):
    """How passages are found."""

    dense_weight: Share = 0.45
    sentence_weight: Annotated[float, Field(ge=0)] = 1.0
    late_weight: Annotated[float, Field(ge=0)] = 1.0
    candidates: Annotated[int, Field(ge=10)] = 200
    reranked: Annotated[int, Field(ge=1)] = 60
    top_k: Annotated[int, Field(ge=1, le=50)] = 10
    reading_bonus: Annotated[float, Field(ge=0)] = 6.0
    named_bonus: Annotated[float, Field(ge=0)] = 1.0
    reranker: ModelFile | None = None
    reranker_candidates: Annotated[int, Field(ge=1)] = 30
    reranker_weight: Annotated[float, Field(ge=0)] = 3.0
    prefer_bonus: Annotated[float, Field(ge=0)] = 1.0
    definition_weight: Annotated[float, Field(ge=0)] = 6.0
    answer_type_weight: Annotated[float, Field(ge=0)] = 3.0


class Answering(Section):
    """How an answer is made out of passages."""

    max_question_chars: Annotated[int, Field(ge=100)] = 1000
    evidence_sentences: Annotated[int, Field(ge=1, le=40)] = 3
    evidence_tokens: Annotated[int, Field(ge=50)] = 350
    gate: Share = 0.26
    sure: Share = 0.6
    support: Share = 0.6
    nli: ModelFile | None = None
    entailment: Share = 0.5
    quotes: Annotated[int, Field(ge=1, le=8)] = 5
    add_quotes: bool = True
    same_question: Share = 0.65


class Drafts(Section):
    """Summaries that are checked against a reading."""

    max_words: Annotated[int, Field(ge=50)] = 2000


class Pages(Section):
    """Pictures of pages with the quoted passage marked."""

    workers: Annotated[int, Field(ge=1)] = 2
    timeout_s: Annotated[float, Field(gt=0)] = 20.0
    height_px: Annotated[int, Field(ge=300, le=4000)] = 1400
    max_kb: Annotated[int, Field(ge=50)] = 1500
    cache_mb: Annotated[int, Field(ge=0)] = 200


class Logs(Section):
    """What is logged, to stderr."""

    level: Literal["debug", "info", "warning", "error"] = "warning"


class FurtherCourse(Section):
    """Another course of the same bot, on servers of its own; all else is as for the first."""

    course: Course
    corpus: Corpus
    discord: Servers

    @field_validator("discord")
    @classmethod
    def _somewhere(cls, servers: Servers) -> Servers:
        if not servers.guilds:
            raise ValueError("guilds must name the servers of this course")
        return servers


class Settings(BaseSettings):
    """All settings of one Lector."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter="__", env_file=".env", env_file_encoding="utf-8"
    )

    course: Course
    corpus: Corpus = Corpus()
    storage: Storage = Storage()
    sources: Sources = Sources()
    reading: Extraction = Extraction()
    chunking: Chunking = Chunking()
    embeddings: Embeddings
    llm: Llm
    retrieval: Retrieval = Retrieval()
    answering: Answering = Answering()
    drafts: Drafts = Drafts()
    pages: Pages = Pages()
    quiz: Quiz = Quiz()

    reminders: Reminders = Reminders()
    discord: Discord = Discord()
    staff_questions: StaffQuestions = StaffQuestions()
    logs: Logs = Logs()
    courses: tuple[FurtherCourse, ...] = ()

    @model_validator(mode="after")
    def _courses_differ(self) -> "Settings":
        columns: tuple[tuple[str, list[object]], ...] = (
            ("key", [self.course.key, *(c.course.key for c in self.courses)]),
            ("corpus.dir", [self.corpus.dir, *(c.corpus.dir for c in self.courses)]),
            ("server", [*self.discord.guilds, *(guild for c in self.courses for guild in c.discord.guilds)]),
        )
        for name, used in columns:
            twice = [value for value in used if used.count(value) > 1]
            if twice:
                raise ValueError(f"courses: two courses have the same {name} {twice[0]}")
        return self

    def each_course(self) -> tuple["Settings", ...]:
        """The settings of every course, the first one's first; a further course keeps its index and records in a folder of its own."""
        return (self, *(self._of(further) for further in self.courses))

    def _of(self, further: FurtherCourse) -> "Settings":
        folder = self.storage.dir / "courses" / further.course.key
        storage = self.storage.model_copy(update={"dir": folder, "models": self.storage.models_dir})
        discord = self.discord.model_copy(update=dict(further.discord))
        return self.model_copy(
            update={"course": further.course, "corpus": further.corpus, "storage": storage, "discord": discord, "courses": ()}
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before `.env` before YAML."""
        return init_settings, env_settings, dotenv_settings, YamlConfigSettingsSource(settings_cls)
