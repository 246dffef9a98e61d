"""What is read of a file, what is not, and what is said of a file that cannot be read."""

from pathlib import Path

import pytest

from common.errors import SourceError
from ingest.syllabus import parse_syllabus
from ingest.syllabus.document import Kind, Line, Run, Table, make_line, plain, trim_url
from ingest.syllabus.markup import read_html, read_markdown


def lines(source: str) -> list[tuple[str, int, str]]:
    return [(b.kind.value, b.level, b.text) for b in read_markdown(source.encode(), "x.md").blocks if isinstance(b, Line)]


def cells(html: str) -> list[list[str]]:
    (table,) = [block for block in read_html(html.encode(), "x.html").blocks if isinstance(block, Table)]
    return [[cell.text + ("<" if cell.from_left else "") + ("^" if cell.from_above else "") for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.md", b"# Caf\xe9", "not UTF-8 text: save it as UTF-8"),
        ("a.html", b"<h1>Caf\xe9</h1>", "not UTF-8 text, and it names no other encoding"),
        ("a.html", b'<meta charset="nonsense"><h1>Caf\xe9</h1>', "not text in nonsense"),
        ("a.md", b" \n", "the file is empty"),
        ("a.md", b"<!-- nothing but this -->", "there is no text in it"),
        ("a.html", b"<html><script>x</script></html>", "there is no text in it"),
        ("a.pdf", b"", "the file is empty"),
        ("a.pdf", b"hello", "not a PDF, whatever its name says"),
        ("a.pdf", b"%PDF-1.4\nbroken", "damaged, cannot be read"),
        ("a.docx", b"PK", "syllabi of type .docx are not read; use .md, .markdown, .txt, .html, .htm, .pdf"),
        ("a", b"x", r"syllabi of type \(none\) are not read"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SourceError, match=says) as error:
        parse_syllabus(file)
    assert "\n" not in error.value.user_message


def test_a_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes('<meta charset="iso-8859-1"><h1>Größe</h1><p>Fall 2024</p>'.encode("latin-1"))
    assert parse_syllabus(file).title == "Größe"
    file.write_bytes("<h1>Größe</h1>".encode("utf-16"))
    assert parse_syllabus(file).title == "Größe"


def test_broken_html_is_read_as_a_browser_would(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<h1>Birds, Fall 2024<table><tr><td>Sep 3<td>Owls<tr><td>Sep 5<td>Larks</table", "utf-8")
    assert [week["topic"] for week in parse_syllabus(file).as_json()["weeks"]] == ["Owls", "Larks"]


def test_xhtml_and_bare_text_are_pages_too() -> None:
    assert [line.text for line in read_html(b'<?xml version="1.0"?>\n<html><p>Owls</p></html>', "x").lines] == ["Owls"]
    assert [line.text for line in read_html(b"https://owls.org", "x").lines] == ["https://owls.org"]


def test_what_a_reader_does_not_see_does_not_count() -> None:
    html = (
        b"<nav>Week 9</nav><style>Week 8</style><script>Week 7</script><!-- Week 6 --><p hidden>Week 5</p>"
        b'<p style="display: none">Week 4</p><del>Week 3</del><footer>Week 2</footer><p>Week 1: Owls</p>'
    )
    assert [line.text for line in read_html(html, "x.html").lines] == ["Week 1: Owls"]
    assert lines("<!-- Week 9 -->\n{% comment %}Week 8{% endcomment %}\n~~Week 7~~\n\n[//]: # (Week 6)\n\nWeek 1: Owls") == [
        ("paragraph", 0, "Week 1: Owls")
    ]
    assert lines("Week 1: Owls\n\n<!-- never closed\nWeek 2") == [("paragraph", 0, "Week 1: Owls")]


def test_kramdown_definition_lists_and_attributes() -> None:
    assert lines("Sep 3\n: Owls **HW1 DUE**{: .label }\n  : [Slides](a.pdf)\n  [Code](b.py)\n\nSep 5\n: Larks\n") == [
        ("term", 0, "Sep 3"),
        ("detail", 1, "Owls HW1 DUE"),
        ("detail", 1, "Slides"),
        ("detail", 1, "Code"),
        ("term", 0, "Sep 5"),
        ("detail", 1, "Larks"),
    ]


def test_wrapped_lines_are_joined_and_ended_ones_are_not() -> None:
    wrapped = "This sentence is long enough that its author had to go on to\nthe next line for its end.\nReading: Owls\nWeek 2: Larks"
    assert [text for _, _, text in lines(wrapped)] == [
        "This sentence is long enough that its author had to go on to the next line for its end.",
        "Reading: Owls",
        "Week 2: Larks",
    ]


def test_front_matter_of_jekyll_and_hugo() -> None:
    assert read_markdown(b"---\ntitle: Owls\ndate: 2024-09-03\nlist: [1]\n---\n# X\n", "x").front == (
        ("title", "Owls"),
        ("date", "2024-09-03"),
    )
    assert read_markdown(b'+++\ntitle = "Owls"\n+++\n# X\n', "x").title == "Owls"
    assert read_markdown(b"---\n: : :\n---\n# X\n", "x").title == ""


def test_spans_are_spread_out_and_layout_tables_are_no_tables() -> None:
    assert cells("<table><tr><td rowspan=2>1<td colspan=2>a<tr><td>b<td>c</table>") == [["1", "a", "a<"], ["1^", "b", "c"]]
    assert cells("<table><tr><td rowspan=99999>1<td colspan=bad>a<tr><td>b</table>") == [["1", "a"], ["1^", "b"]]
    layout = read_html(b"<table><tr><td><table><tr><td>Sep 3<td>Owls</table></td></tr></table>", "x")
    assert [type(block).__name__ for block in layout.blocks] == ["Table"]


def test_a_line_s_parts_keep_their_links() -> None:
    line = make_line([Run(" Read  "), Run("Owls", "https://o.org"), Run(" and https://l.org/a_(b).  ")])
    assert line.text == "Read Owls and https://l.org/a_(b)."
    assert [(link.text, link.url, link.bare) for link in line.links] == [
        ("Owls", "https://o.org", False),
        ("https://l.org/a_(b)", "https://l.org/a_(b)", True),
    ]
    assert line.shown == "Read Owls (https://o.org) and https://l.org/a_(b)."
    assert line.cut(5, 9) == Line((Run("Owls", "https://o.org"),))
    assert plain("x", Kind.ITEM, 2).level == 2
    assert trim_url("https://x.org/a).") == "https://x.org/a"
