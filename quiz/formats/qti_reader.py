"""IMS QTI 2.1, read: packages of Lector, and items of others that ask one thing in one of the ways that quizzes here know."""

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from quiz.formats.archives import unpacked
from quiz.formats.extras import LineError, build, parsed
from quiz.formats.qti import CP, EXPLANATION, NOTES, QTI, Element
from quiz.items import GAP, Item, Kind

_ITEM = "imsqti_item_xmlv2p"
_INTERACTIONS = {"choiceInteraction", "textEntryInteraction", "extendedTextInteraction"}
_BLOCKS = {"p", "div", "br", "prompt", "li", "blockquote"}
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def read_qti(data: bytes) -> list[Item]:
    """The items of a package, in the order of its test, else of its manifest.

    Raises:
        LineError: It is no package, or an item cannot be asked here; `member` names the file in it.
    """
    files = unpacked(data)
    manifest = _parsed(files, "imsmanifest.xml")
    hrefs = [r.get("href", "") for r in manifest.iter(f"{{{CP}}}resource") if (r.get("type") or "").startswith(_ITEM)]
    if not hrefs:
        raise LineError(1, "the package holds no QTI 2 item", "imsmanifest.xml")
    notes = parsed(files[NOTES].decode("utf-8", "replace"), 1) if NOTES in files else {}
    found = []
    for name in _ordered(files, manifest, hrefs):
        root = _parsed(files, name)
        carried = notes.get(root.get("identifier") or "", {})
        try:
            found.append(_item(root, carried if isinstance(carried, dict) else {}))
        except LineError as exc:
            raise LineError(exc.line, str(exc), name) from exc
    return found


def _ordered(files: Mapping[str, bytes], manifest: Element, hrefs: list[str]) -> list[str]:
    tests = [r.get("href", "") for r in manifest.iter(f"{{{CP}}}resource") if (r.get("type") or "").startswith("imsqti_test")]
    wanted = []
    for test in tests:
        folder = posixpath.dirname(test)
        wanted += [
            posixpath.normpath(posixpath.join(folder, ref.get("href", "")))
            for ref in _parsed(files, test).iter(f"{{{QTI}}}assessmentItemRef")
        ]
    return [name for name in dict.fromkeys(wanted) if name in hrefs] + [name for name in hrefs if name not in wanted]


def _parsed(files: Mapping[str, bytes], name: str) -> Element:
    if name not in files:
        raise LineError(1, f"the package lacks {name or 'a file that it names'}", "imsmanifest.xml")
    try:
        root = etree.fromstring(files[name], etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError as exc:
        raise LineError(exc.lineno or 1, f"this is no XML: {exc.msg}", name) from exc
    if root is None:
        raise LineError(1, "this is no XML", name)
    return root


def _item(root: Element, carried: dict[str, Any]) -> Item:
    line = root.sourceline or 1
    body = root.find(f"{{{QTI}}}itemBody")
    if etree.QName(root).localname != "assessmentItem" or body is None:
        raise LineError(line, "this is no QTI 2.1 item with a body")
    asked = [e for e in body.iter() if isinstance(e.tag, str) and etree.QName(e).localname.endswith("Interaction")]
    if len(asked) != 1 or etree.QName(asked[0]).localname not in _INTERACTIONS:
        names = ", ".join(etree.QName(e).localname for e in asked) or "nothing"
        raise LineError(line, f"an item asks one thing here, by a choice or a text; this one has {names}")
    interaction = asked[0]
    right = [v.text or "" for v in root.iterfind(f"{{{QTI}}}responseDeclaration/{{{QTI}}}correctResponse/{{{QTI}}}value")]
    if len(right) != 1:
        raise LineError(line, f"an item has one right answer here; this one gives {len(right)}")
    if etree.QName(interaction).localname == "choiceInteraction":
        read = _choice(interaction, body, right[0], carried)
    else:
        read = _typed(root, interaction, body, right[0], carried)
    feedback = root.find(f"{{{QTI}}}modalFeedback[@identifier='{EXPLANATION}']")
    if feedback is not None:
        read["explanation"] = _text(feedback)
    return build(read, carried, line)


def _choice(interaction: Element, body: Element, right: str, carried: Mapping[str, Any]) -> dict[str, Any]:
    choices = interaction.findall(f"{{{QTI}}}simpleChoice")
    names = [choice.get("identifier") for choice in choices]
    if right not in names:
        raise LineError(interaction.sourceline or 1, f"the right answer {right!r} is none of the choices")
    stem = _stem(interaction, body)
    if carried.get("kind") == Kind.TRUE_FALSE.value or set(names) == {"true", "false"}:
        return {"kind": Kind.TRUE_FALSE.value, "stem": stem, "key": right == "true"}
    return {"kind": Kind.CHOICE.value, "stem": stem, "options": [_text(choice) for choice in choices], "key": names.index(right)}


def _typed(root: Element, interaction: Element, body: Element, right: str, carried: Mapping[str, Any]) -> dict[str, Any]:
    declared = root.find(f"{{{QTI}}}responseDeclaration")
    assert declared is not None
    if declared.get("baseType") in ("float", "integer"):
        equal = root.find(f".//{{{QTI}}}equal")
        tolerance = (equal.get("tolerance") or "0").split()[0] if equal is not None else "0"
        first = body.find(f"{{{QTI}}}p")
        stem = _text(first) if first is not None and "kind" in carried else _stem(interaction, body)
        return {"kind": Kind.NUMERIC.value, "stem": stem, "key": right.strip(), "tolerance": tolerance}
    if etree.QName(interaction).localname == "extendedTextInteraction":
        rubric = [_text(p) for block in body.iter(f"{{{QTI}}}rubricBlock") for p in block]
        return {"kind": Kind.SHORT.value, "stem": _stem(interaction, body), "key": right, "rubric": rubric}
    forms = [e.get("mapKey") or "" for e in declared.iter(f"{{{QTI}}}mapEntry") if float(e.get("mappedValue") or 0) > 0]
    read = {"key": right, "accepted": carried.get("accepted", [form for form in forms if form != right])}
    stem = _text(body, gap=interaction).strip()
    if "kind" not in carried and stem.endswith(GAP):
        return {"kind": Kind.SHORT.value, "stem": stem.removesuffix(GAP).strip(), **read}
    return {"kind": Kind.CLOZE.value, "stem": stem, **read}


def _stem(interaction: Element, body: Element) -> str:
    """The prompt, with what stands before the interaction in other programs' items."""
    prompt = interaction.find(f"{{{QTI}}}prompt")
    before = [_text(e, gap=interaction) for e in body if e is not interaction and etree.QName(e).localname != "rubricBlock"]
    parts = [text.replace(GAP, "").strip() for text in before] + ([] if prompt is None else [_text(prompt)])
    return "\n".join(part for part in parts if part)


def _text(element: Element, gap: Element | None = None) -> str:
    """Its text: <br/> and the end of a block break the line, the interaction `gap` is a gap; only own packages keep other white space."""
    found = element.text or ""
    for n, child in enumerate(element):
        if not isinstance(child.tag, str):
            found += child.tail or ""
            continue
        name = etree.QName(child).localname
        if child is gap:
            found += GAP
        elif name == "br":
            found += "\n"
        elif not name.endswith("Interaction"):
            found += _text(child, gap)
            found += "\n" if name in _BLOCKS and n < len(element) - 1 else ""
        found += child.tail or ""
    return found
