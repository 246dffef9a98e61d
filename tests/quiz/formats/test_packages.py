"""QTI and Anki: archives for other programs."""

import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from quiz.formats.anki import read_anki, write_anki
from quiz.formats.extras import LineError
from quiz.formats.qti import write_qti
from quiz.formats.qti_reader import read_qti
from quiz.items import GAP, Item, Kind
from tests.quiz import strategies
from tests.quiz.conftest import items

SCHEMAS = Path(__file__).parent


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / "qti21_subset.xsd"))


@pytest.fixture(scope="module")
def manifest_schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / "imscp11_subset.xsd"))


@pytest.mark.parametrize(("write", "read"), [(write_qti, read_qti), (write_anki, read_anki)])
def test_one_of_each_kind_goes_out_and_comes_back(write: Callable[..., bytes], read: Callable[[bytes], list[Item]]) -> None:
    assert read(write(items(), "Week 3")) == items()


@settings(max_examples=40)
@given(st.lists(strategies.items(), min_size=1, max_size=2), strategies.texts)
def test_nothing_is_lost_in_qti_and_every_file_is_valid(made: list[Item], title: str) -> None:
    check_valid(write_qti(made, title))
    assert read_qti(write_qti(made, title)) == made


@settings(max_examples=15)  # each makes a database
@given(st.lists(strategies.items(), max_size=2), strategies.texts)
def test_nothing_is_lost_in_anki(made: list[Item], title: str) -> None:
    assert read_anki(write_anki(made, title)) == made


def check_valid(package: bytes) -> None:
    """Against hand-written subsets of the schemas, see their heads; and every file that is named is there, and no other."""
    schema = etree.XMLSchema(file=str(SCHEMAS / "qti21_subset.xsd"))
    manifest_schema = etree.XMLSchema(file=str(SCHEMAS / "imscp11_subset.xsd"))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
        assert names[0] == "imsmanifest.xml"
        files = {name: etree.fromstring(archive.read(name)) for name in names if name.endswith(".xml")}
    manifest = files["imsmanifest.xml"]
    for name, root in files.items():
        (manifest_schema if root is manifest else schema).assertValid(root)
        declared = {e.get("identifier") for e in root.iter("{*}responseDeclaration")}
        assert {e.get("responseIdentifier") for e in root.iter() if e.get("responseIdentifier")} <= declared, (
            name
        )  # IDREF: libxml2 does not look
    assert {e.get("href") for e in manifest.iter("{*}file")} == set(names) - {"imsmanifest.xml"}
    assert {e.get("identifierref") for e in manifest.iter("{*}dependency")} <= {e.get("identifier") for e in manifest.iter("{*}resource")}
    named = [e.get("identifier") for e in files["test.xml"].iter() if e.get("identifier")]
    assert len(set(named)) == len(named)  # the standard's Schematron rules want it


def test_the_package_of_each_kind_is_valid() -> None:
    check_valid(write_qti(items(), "Week 3: 注意力"))


@pytest.mark.parametrize("damage", ["identifier=", "cardinality=", "<value>", "maxChoices="])
def test_the_subset_schema_refuses_damaged_items(schema: etree.XMLSchema, damage: str) -> None:
    with zipfile.ZipFile(io.BytesIO(write_qti(items(), "x"))) as archive:
        text = archive.read("items/item-001.xml").decode()
    assert schema.validate(etree.fromstring(text.encode()))
    broken = text.replace(damage, damage.replace("=", "x=") if "=" in damage else "<value>a</value><values/><value>", 1)
    assert not schema.validate(etree.fromstring(broken.encode()))


def test_a_player_is_told_to_show_the_explanations() -> None:
    """Its default is not to (`showFeedback`)."""
    with zipfile.ZipFile(io.BytesIO(write_qti(items(), "x"))) as archive:
        control = etree.fromstring(archive.read("test.xml")).find("{*}testPart/{*}itemSessionControl")
    assert control is not None
    assert control.get("showFeedback") == "true"


@pytest.mark.parametrize(
    "damage", [('identifier="RESPONSE" c', 'identifier="RESPONSE 2" c'), ('maxChoices="1"', 'maxChoices="3000000000"')]
)
def test_the_subset_schema_is_as_narrow_as_the_standard(schema: etree.XMLSchema, damage: tuple[str, str]) -> None:
    with zipfile.ZipFile(io.BytesIO(write_qti(items(), "x"))) as archive:
        text = archive.read("items/item-001.xml").decode()
    assert damage[0] in text
    assert not schema.validate(etree.fromstring(text.replace(*damage).encode()))


def test_equal_items_give_equal_bytes() -> None:
    assert write_qti(items(), "x") == write_qti(items(), "x")


QTI_ITEM = """<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a" title="t" adaptive="false" timeDependent="false">
<responseDeclaration identifier="R" cardinality="single" baseType="{type}"><correctResponse><value>{right}</value></correctResponse>
</responseDeclaration><itemBody>{body}</itemBody></assessmentItem>"""
MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><resources>
<resource identifier="a" type="imsqti_item_xmlv2p1" href="a.xml"><file href="a.xml"/></resource></resources></manifest>"""
CHOICES = '<simpleChoice identifier="A">one</simpleChoice><simpleChoice identifier="B"><b>t</b>wo</simpleChoice>'


def foreign(body: str, right: str = "B", type_: str = "identifier") -> bytes:
    return zipped({"imsmanifest.xml": MANIFEST, "a.xml": QTI_ITEM.format(body=body, right=right, type=type_)})


@pytest.mark.parametrize(
    ("package", "kind", "stem", "answer"),
    [
        (foreign(f'<p>Look:</p><choiceInteraction responseIdentifier="R"><prompt>Which?</prompt>{CHOICES}</choiceInteraction>'),
         Kind.CHOICE, "Look:\nWhich?", "two"),
        (foreign('<p>It has <textEntryInteraction responseIdentifier="R"/> legs.</p>', "six", "string"), Kind.CLOZE,
         f"It has {GAP} legs.", "six"),
        (foreign('<p>How many legs?</p><p><textEntryInteraction responseIdentifier="R"/></p>', "six", "string"), Kind.SHORT,
         "How many legs?", "six"),
        (foreign('<p>How many? <textEntryInteraction responseIdentifier="R"/></p>', "6", "integer"), Kind.NUMERIC, "How many?", "6"),
        (foreign('<extendedTextInteraction responseIdentifier="R"><prompt>Why?</prompt></extendedTextInteraction>', "since", "string"),
         Kind.SHORT, "Why?", "since"),
    ],
)  # fmt: skip
def test_items_of_other_programs_are_read(package: bytes, kind: Kind, stem: str, answer: str) -> None:
    item = read_qti(package)[0]
    assert (item.kind, item.stem, item.answer) == (kind, stem, answer)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("package", "says"),
    [
        (b"no archive", "cannot be opened"),
        (write_qti(items(), "x")[:-300], "cannot be opened"),
        (zipped({"a.txt": "x"}), "lacks imsmanifest.xml"),
        (zipped({"imsmanifest.xml": "<manifest"}), "this is no XML"),
        (zipped({"imsmanifest.xml": BOMB}), "holds no QTI 2 item"),
        (zipped({"imsmanifest.xml": MANIFEST}), "lacks a.xml"),
        (foreign("<p>Nothing is asked.</p>"), "this one has nothing"),
        (foreign(f'<choiceInteraction responseIdentifier="R">{CHOICES}</choiceInteraction>', "C"), "'C' is none of the choices"),
        (foreign('<orderInteraction responseIdentifier="R"/>'), "this one has orderInteraction"),
        (foreign('<p><textEntryInteraction responseIdentifier="R"/></p>', "many", "float"), "cannot be read|no stem"),
        (zipped({"imsmanifest.xml": MANIFEST, "a.xml": QTI_ITEM, "lector.json": "[]"}), "is damaged"),
    ],
)  # fmt: skip
def test_a_broken_package_is_one_line(package: bytes, says: str) -> None:
    with pytest.raises(LineError, match=says):
        read_qti(package)


def test_a_fault_names_the_file_in_the_package_and_its_line() -> None:
    with pytest.raises(LineError) as raised:
        read_qti(foreign("\n\n<orderInteraction responseIdentifier='R'/>"))
    assert (raised.value.member, raised.value.line) == ("a.xml", 2)


def test_an_archive_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(LineError, match="more than a quiz can be"):
        read_qti(zipped({f"{n}": b"\0" * 9_000_000 for n in range(6)}))


def test_an_anki_package_shows_the_quote_behind_the_answer(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(write_anki(items(), "Week 3"))) as archive:
        archive.extract("collection.anki2", tmp_path)
    connection = sqlite3.connect(tmp_path / "collection.anki2")
    fields = connection.execute("SELECT flds FROM notes ORDER BY id").fetchone()[0].split("\x1f")
    connection.close()
    assert fields[:5] == [
        "How many heads are there?", "<ol><li>4</li><li>8</li><li>16</li><li>64</li></ol>", "8", "It says 8.",
        "Attention Is All You Need, p. 5: “We employ h = 8 parallel heads.”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("package", "says"),
    [
        (b"x", "cannot be opened"),
        (zipped({"a": "b"}), "older Anki versions"),
        (zipped({"collection.anki2": b"no database at all, but long enough"}), "is damaged"),
    ],
)
def test_a_broken_deck_is_one_line(package: bytes, says: str) -> None:
    with pytest.raises(LineError, match=says):
        read_anki(package)
