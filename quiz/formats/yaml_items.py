"""Items in YAML, as staff write them by hand.

Every value is read as text, so that 0.10 stays 0.10 and an option "no" stays "no". A file is a list of items, or a mapping with `items`.
"""

from collections.abc import Sequence

import yaml

from quiz.formats.extras import LineError
from quiz.formats.fields import from_fields, to_fields
from quiz.items import Item


def write_yaml(items: Sequence[Item], title: str) -> bytes:
    """A YAML file, UTF-8."""
    content = {"title": title, "items": [to_fields(item) for item in items]}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120).encode()


def read_yaml(text: str) -> list[Item]:
    """All items of a file.

    Raises:
        LineError: It is no YAML, or an item is not whole.
    """
    try:
        content = yaml.load(text, yaml.BaseLoader)
        root = yaml.compose(text, yaml.BaseLoader)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        raise LineError(1 if mark is None else mark.line + 1, f"this is no YAML: {exc.problem or exc.context}") from exc
    except yaml.reader.ReaderError as exc:
        raise LineError(text.count("\n", 0, exc.position) + 1, f"a sign that YAML does not allow: {exc.reason}") from exc
    except RecursionError as exc:
        raise LineError(1, "this YAML is nested too deeply") from exc
    node = root
    if isinstance(content, dict):
        if "items" not in content:
            raise LineError(1, "a quiz in YAML is a list of items, or a mapping with `items`")
        assert isinstance(root, yaml.MappingNode)
        node = next(value for key, value in root.value if key.value == "items")
        content = content["items"]
    if not isinstance(content, list) or not isinstance(node, yaml.SequenceNode):
        raise LineError(1 if node is None else node.start_mark.line + 1, "items are a list: each begins with `- `")
    found = []
    for item, place in zip(content, node.value, strict=True):
        line = place.start_mark.line + 1
        if not isinstance(item, dict):
            raise LineError(line, "an item has fields such as `stem:` and `answer:`")
        found.append(from_fields(item, line))
    return found
