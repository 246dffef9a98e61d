from pathlib import Path

import pytest

from common.errors import SourceError
from ingest.documents import Kind
from ingest.readers import read
from ingest.readers.html import parse_html


def texts(html: str) -> list[tuple[str, str]]:
    return [(b.section, b.text) for b in parse_html(html)]


def test_what_surrounds_the_text_is_left_out() -> None:
    page = """<html><head><title>T</title><style>p{}</style></head><body><header>Banner</header><nav>Home</nav><aside>Ads</aside>
    <main><h1>Bees</h1><header><p>By A. Keeper.</p></header><!-- secret --><p>A hive hums.<script>x()</script></p>
    <p hidden>Unseen.</p><p style="display: none">Unseen too.</p><form><p>Search</p></form></main><footer>Imprint</footer></body></html>"""
    assert texts(page) == [("", "By A. Keeper."), ("", "A hive hums.")]


def test_headings_become_sections_and_lists_stay_apart() -> None:
    page = """<h1>Bees</h1><h2>Honey</h2><p>It is
    sweet.</p><h3>Colour</h3><ul><li>One</li><li><p>Two</p><ol><li>Two and a half</li></ol></li></ul><h2>Wax</h2>
    <dl><dt>Comb</dt><dd>Six sides.</dd><dt>Cap</dt><dt>Lid</dt><dd>Thin.</dd></dl>First line<br>second line<br><br>new paragraph"""
    assert texts(page) == [
        ("Honey", "It is sweet."),
        ("Honey > Colour", "One"),
        ("Honey > Colour", "Two"),
        ("Honey > Colour", "Two and a half"),
        ("Wax", "Comb: Six sides."),
        ("Wax", "Cap, Lid: Thin."),
        ("Wax", "First line second line"),
        ("Wax", "new paragraph"),
    ]


def test_a_page_of_several_h1_has_them_as_sections() -> None:
    assert texts("<h1>A</h1><p>One.</p><h1>B</h1><h2>C</h2><p>Two.</p>") == [("A", "One."), ("B > C", "Two.")]


def test_rows_carry_the_names_of_their_columns() -> None:
    page = """<table><caption>Table 1: Results</caption><thead><tr><th rowspan="2">Model</th><th colspan="2">BLEU</th></tr>
    <tr><th>EN-DE</th><th>EN-FR</th></tr></thead><tbody><tr><td>base</td><td>27.3</td><td>38.1</td></tr>
    <tr><th>big</th><td>28.4</td><td></td></tr></tbody></table>"""
    blocks = parse_html(page)
    assert [(b.text, b.kind) for b in blocks] == [
        ("Table 1: Results", Kind.PROSE),
        ("base | BLEU EN-DE: 27.3 | BLEU EN-FR: 38.1", Kind.TABLE),
        ("big | BLEU EN-DE: 28.4", Kind.TABLE),
    ]


def test_a_table_that_lays_out_the_page_is_read_through() -> None:
    page = "<table role=presentation><tr><td><p>One.</p></td><td><h2>S</h2><p>Two.</p></td></tr></table>"
    assert texts(page) == [("", "One."), ("S", "Two.")]


def test_spans_of_absurd_size_cost_nothing() -> None:
    page = "<table><tr><td rowspan=99999999 colspan=99999999>a<td>b</tr><tr><td>c</tr></table>" * 50
    assert sum(len(b.text) for b in parse_html(page)) < 100_000


def test_code_keeps_its_lines() -> None:
    assert [b.text for b in parse_html("<pre><code>a = 1\n  b = 2\n</code></pre>")] == ["a = 1", "b = 2"]


LATEXML = r"""<div class="ltx_page_main"><nav class="ltx_page_navbar">On this page</nav><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Heads</h1>
<div class="ltx_abstract"><h6 class="ltx_title">Abstract</h6><p class="ltx_p">We count heads.</p></div>
<section class="ltx_section"><h2 class="ltx_title"><span class="ltx_tag ltx_tag_section">3 </span>Method</h2>
<div class="ltx_para"><p class="ltx_p">We set <math alttext="d_{\text{model}}=512"><semantics>
<mrow><msub><mi>d</mi><mtext>model</mtext></msub><mo>=</mo><mn>512</mn></mrow>
<annotation encoding="application/x-tex">d_{\text{model}}=512</annotation></semantics></math> and
<math alttext="\theta"><mi>θ</mi></math><span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup>
<span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup>
<span class="ltx_tag ltx_tag_note">1</span>See the code.</span></span></span>.</p></div>
<table class="ltx_equation ltx_eqn_table"><tr>
<td><math alttext="\displaystyle\mathrm{softmax}\left(QK^{T}\right)"><mi>s</mi><mi>o</mi></math></td><td>(1)</td></tr></table>
<ul><li class="ltx_item"><span class="ltx_tag ltx_tag_item">•</span><div><p>Eight heads.</p></div></li></ul></section>
<section class="ltx_bibliography"><h2>References</h2><ul><li class="ltx_bibitem">[1] A. Author.</li></ul></section></article>
<footer class="ltx_page_footer">Generated</footer></div>"""


def test_a_paper_by_latexml_has_its_formulas_notes_and_references() -> None:
    assert [(b.section, b.text, b.kind) for b in parse_html(LATEXML)] == [
        ("Abstract", "We count heads.", Kind.PROSE),
        ("3 Method", "We set d_{model}=512 and θ.", Kind.PROSE),
        ("3 Method", "See the code.", Kind.PROSE),
        ("3 Method", "softmax(QK^T) (1)", Kind.PROSE),
        ("3 Method", "Eight heads.", Kind.PROSE),
        ("References", "[1] A. Author.", Kind.REFERENCE),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>10<sup>18</sup> FLOPs, H<sub>2</sub>O, the 1<sup>st</sup></p>", "10^18 FLOPs, H_2O, the 1st"),
        ('<p>E is <script type="math/tex">mc^2</script></p>', "E is mc^2"),
        ('<p>E is <img class="tex" alt="mc^2" src="x.png"></p>', "E is mc^2"),
        (
            '<p>E is <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>m</mi><mi>c</mi></mrow>'
            '<annotation encoding="application/x-tex">mc</annotation></semantics></math></span>'
            '<span class="katex-html" aria-hidden="true">mc</span></span></p>',
            "E is mc",
        ),
        ("<p>a &amp; b &lt; c &#0; &nbsp;d</p>", "a & b < c � d"),
    ],
)
def test_formulas_and_signs(html: str, text: str) -> None:
    assert [b.text for b in parse_html(html)] == [text]


def test_nesting_of_any_depth_is_read(tmp_path: Path) -> None:
    file = tmp_path / "deep.html"
    file.write_text("<div>" * 20_000 + "deep" + "</div>" * 20_000)
    assert [b.text for b in read(file).blocks] == ["deep"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>café</p>".encode(), "café"),
        (b"\xef\xbb\xbf" + "<p>café</p>".encode(), "café"),
        ("<p>café</p>".encode("utf-16"), "café"),
        (b'<meta charset="latin1"><p>caf\xe9 \x93quoted\x94</p>', "café “quoted”"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>\xcf\xd7\xc5\xcb\xc0</p>', "ПЧЕЛА"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><html><p>caf\xe9</p></html>', "café"),
    ],
)
def test_charsets_that_a_page_names(tmp_path: Path, content: bytes, text: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(content)
    assert [b.text for b in read(file).blocks] == [text]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<p>caf\xe9</p>", "not UTF-8 text"),
        (b'<meta charset="klingon"><p>x</p>', "its charset 'klingon' is not known"),
        (b'<meta charset="zlib"><p>x</p>', "its charset 'zlib' is not known"),
        (b"just words", "not HTML"),
        (b"%PDF-1.5 x", "a PDF, whatever its name says"),
        (b"<html><body><script>x</script></body></html>", "no text in it"),
    ],
)
def test_pages_that_cannot_be_read(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "page.htm"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=says):
        read(file)
