"""IMS QTI 2.1, written: a content package with a test, an item a file, and what QTI has no word for in `lector.json`.

https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html. Closed items carry their scoring; a short answer is for a person, with
the rubric in a block that only scorers see.
"""

import io
import json
import re
import zipfile
from collections.abc import Sequence
from typing import Any, TypeAlias

from lxml import etree

from quiz.formats.extras import extras
from quiz.items import GAP, Item, Kind

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
NOTES = "lector.json"
RESPONSE, EXPLANATION = "RESPONSE", "explanation"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
_WHEN = (1980, 1, 1, 0, 0, 0)  # of every file in the package: equal items give equal bytes

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no way to write these

Element: TypeAlias = Any  # lxml has no types of its own


def write_qti(items: Sequence[Item], title: str) -> bytes:
    """A content package (.zip)."""
    files = {f"items/{_name(n)}.xml": _bytes(_item(item, _name(n))) for n, item in enumerate(items, start=1)}
    notes = {_name(n): extras(item, *_said(item)) for n, item in enumerate(items, start=1)}
    files["test.xml"] = _bytes(_test(title, len(items)))
    files[NOTES] = json.dumps(notes, ensure_ascii=False, indent=1).encode()
    files["imsmanifest.xml"] = _bytes(_manifest(len(items)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files, key=lambda name: (name != "imsmanifest.xml", name)):
            package.writestr(zipfile.ZipInfo(name, _WHEN), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _name(number: int) -> str:
    return f"item-{number:03}"


def _said(item: Item) -> list[str]:
    typed = {Kind.NUMERIC: ["tolerance"], Kind.CLOZE: ["accepted"]}
    return ["stem", "options", "key", "explanation", *typed.get(item.kind, [])]


def _root(namespace: str, tag: str, schema: str, **attributes: str) -> Element:
    root = etree.Element(f"{{{namespace}}}{tag}", nsmap={None: namespace, "xsi": _XSI}, **attributes)
    root.set(f"{{{_XSI}}}schemaLocation", f"{namespace} {schema}")
    return root


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A child in its parent's namespace, which may have line breaks in its text."""
    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{tag}", **attributes)
    if text is not None:
        _fill(child, text)
    return child


def _fill(element: Element, text: str) -> None:
    """Text at the end of an element, its line breaks as <br/>."""
    first, *more = _allowed(text).split("\n")
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + first
    else:
        last.tail = (last.tail or "") + first
    for line in more:
        _add(element, "br").tail = line


def _item(item: Item, identifier: str) -> Element:
    schema = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
    title = _allowed(" ".join(item.stem.split())[:80])
    root = _root(QTI, "assessmentItem", schema, identifier=identifier, title=title, adaptive="false", timeDependent="false")
    types = {Kind.CHOICE: "identifier", Kind.TRUE_FALSE: "identifier", Kind.NUMERIC: "float"}
    declared = _add(root, "responseDeclaration", identifier=RESPONSE, cardinality="single", baseType=types.get(item.kind, "string"))
    right = {Kind.CHOICE: f"option-{item.key}", Kind.TRUE_FALSE: "true" if item.key else "false"}.get(item.kind, item.answer)
    correct = _add(declared, "correctResponse")
    _add(correct, "value").text = _allowed(right)  # a value has text alone, no <br/>
    if item.kind is Kind.CLOZE:
        mapping = _add(declared, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
        for form in dict.fromkeys((item.answer, *item.accepted)):
            _add(mapping, "mapEntry", mapKey=_allowed(form), mappedValue="1", caseSensitive="false")
    outcome = _add(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    _add(_add(outcome, "defaultValue"), "value").text = "0"
    if item.explanation:
        shown = _add(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")
        _add(_add(shown, "defaultValue"), "value").text = EXPLANATION
    _body(_add(root, "itemBody"), item)
    _scoring(root, item)
    if item.explanation:
        feedback = _add(root, "modalFeedback", outcomeIdentifier="FEEDBACK", showHide="show", identifier=EXPLANATION)
        _fill(feedback, item.explanation)
    return root


def _body(body: Element, item: Item) -> None:
    if item.kind in (Kind.CHOICE, Kind.TRUE_FALSE):
        shuffle = "true" if item.kind is Kind.CHOICE else "false"
        choice = _add(body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle=shuffle, maxChoices="1")
        _add(choice, "prompt", item.stem)
        names = ["true", "false"] if item.kind is Kind.TRUE_FALSE else [f"option-{n}" for n in range(len(item.options))]
        for name, option in zip(names, item.options, strict=True):
            _add(choice, "simpleChoice", option, identifier=name)
    elif item.kind is Kind.CLOZE:
        before, _, after = item.stem.partition(GAP)
        line = _add(body, "p", before)
        _add(line, "textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="30")
        _fill(line, after)
    elif item.kind is Kind.NUMERIC:
        _add(body, "p", item.stem)
        line = _add(body, "p")
        _add(line, "textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="15").tail = f" {item.unit}" if item.unit else None
    else:
        for point in item.rubric:
            _add(_add(body, "rubricBlock", view="scorer"), "p", point)
        interaction = _add(body, "extendedTextInteraction", responseIdentifier=RESPONSE, expectedLength="400")
        _add(interaction, "prompt", item.stem)


def _scoring(root: Element, item: Item) -> None:
    if item.kind is Kind.SHORT:
        return
    if item.kind is not Kind.NUMERIC:
        _add(root, "responseProcessing", template=f"{_TEMPLATES}/{'map_response' if item.kind is Kind.CLOZE else 'match_correct'}")
        return
    condition = _add(_add(_add(root, "responseProcessing"), "responseCondition"), "responseIf")
    equal = _add(condition, "equal", toleranceMode="absolute", tolerance=f"{item.tolerance:f} {item.tolerance:f}")
    _add(equal, "variable", identifier=RESPONSE)
    _add(equal, "correct", identifier=RESPONSE)
    _add(_add(condition, "setOutcomeValue", identifier="SCORE"), "baseValue", baseType="float").text = "1"


def _test(title: str, count: int) -> Element:
    schema = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
    root = _root(QTI, "assessmentTest", schema, identifier="test", title=_allowed(" ".join(title.split())))
    part = _add(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    _add(part, "itemSessionControl", showFeedback="true")  # else a player keeps the explanations to itself
    section = _add(part, "assessmentSection", identifier="section", title=_allowed(" ".join(title.split())), visible="true")
    for n in range(1, count + 1):
        _add(section, "assessmentItemRef", identifier=_name(n), href=f"items/{_name(n)}.xml")
    return root


def _manifest(count: int) -> Element:
    root = _root(CP, "manifest", "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd", identifier="manifest")
    metadata = _add(root, "metadata")
    _add(metadata, "schema").text = "QTIv2.1 Package"
    _add(metadata, "schemaversion").text = "1.0.0"
    _add(root, "organizations")
    resources = _add(root, "resources")
    test = _add(resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href="test.xml")
    for name in ("test.xml", NOTES):
        _add(test, "file", href=name)
    for n in range(1, count + 1):
        _add(test, "dependency", identifierref=_name(n))
    for n in range(1, count + 1):
        name = f"items/{_name(n)}.xml"
        _add(_add(resources, "resource", identifier=_name(n), type="imsqti_item_xmlv2p1", href=name), "file", href=name)
    return root


def _bytes(root: Element) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def _allowed(text: str) -> str:
    return _NOT_XML.sub("", text)
