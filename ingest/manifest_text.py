"""Changes readings.yaml as its owner would: one entry more or less, comments and the order of the rest untouched."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from common.errors import ConfigError
from ingest.arxiv_ids import parse_arxiv_id
from ingest.names import slug

_LISTS = ("readings", "handouts")


def with_entry(text: str, entry: dict[str, Any]) -> str:
    """The manifest with a reading put in, in the place of the one with its id if there is one.

    Args:
        text: readings.yaml as it is.
        entry: Keys of a reading; those that are None are left out.

    Raises:
        ConfigError: The manifest is not YAML, or no list of readings.
    """
    document = _load(text)
    readings = document.setdefault("readings", CommentedSeq())
    if readings is None:
        readings = document["readings"] = CommentedSeq()
    new = CommentedMap({k: DoubleQuotedScalarString(v) if k == "id" else v for k, v in entry.items() if v is not None})
    place = next((n for n, old in enumerate(readings) if entry_id(old) == entry_id(entry)), None)
    if place is None:
        readings.append(new)
    else:
        for key, value in new.items():
            readings[place][key] = value
    readings.fa.set_block_style()
    return _dump(document)


def without_entry(text: str, reading: str) -> str | None:
    """The manifest without the reading or handout of this id; None if it lists no such thing.

    Raises:
        ConfigError: See `with_entry`.
    """
    document = _load(text)
    for name in _LISTS:
        for n, entry in enumerate(document.get(name) or []):
            if reading == entry_id(entry):
                del document[name][n]
                if not document[name]:
                    document[name] = CommentedSeq()
                    document[name].fa.set_flow_style()
                return _dump(document)
    return None


def entry_id(entry: Any) -> str:
    """The id that an entry of the manifest gets in the index."""
    written = str(entry.get("id", ""))
    arxiv = parse_arxiv_id(written)
    return arxiv.id if arxiv else slug(written or str(entry.get("title", "")))


def _load(text: str) -> CommentedMap:
    try:
        document = _yaml().load(text)
    except YAMLError as exc:
        raise ConfigError(f"readings.yaml is not valid YAML: {' '.join(str(exc).split())}") from exc
    if document is None:
        document = CommentedMap()
    if not isinstance(document, CommentedMap) or not all(isinstance(document.get(name) or [], list) for name in _LISTS):
        raise ConfigError("readings.yaml must hold lists under `readings:` and `handouts:`")
    return document


def _dump(document: CommentedMap) -> str:
    out = StringIO()
    _yaml().dump(document, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
