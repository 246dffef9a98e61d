import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.arxiv_ids import ArxivId, parse_arxiv_id, stamp_of, version_number

_MONTH = st.integers(1, 12)
_NEW = st.one_of(
    st.builds("{:02d}{:02d}.{:05d}".format, st.integers(15, 90), _MONTH, st.integers(1, 99_999)),
    st.builds("{:02d}{:02d}.{:04d}".format, st.integers(8, 14), _MONTH, st.integers(1, 9_999)),
)
_ARCHIVE = st.sampled_from(["cs", "math", "hep-th", "cond-mat", "q-bio", "quant-ph", "math-ph", "physics"])
_OLD = st.builds("{}/{:02d}{:02d}{:03d}".format, _ARCHIVE, st.integers(92, 99) | st.integers(0, 6), _MONTH, st.integers(1, 999))
IDS = st.builds(ArxivId, _NEW | _OLD, st.none() | st.integers(1, 40).map("v{}".format))
FORMS = [
    "{}",
    "arXiv:{}",
    "ARXIV: {}",
    "arxiv {}",
    "https://arxiv.org/abs/{}",
    "http://arxiv.org/abs/{}?context=cs.LG",
    "https://www.arxiv.org/pdf/{}.pdf#page=3",
    "https://arxiv.org/pdf/{}",
    "arxiv.org/abs/{}",
    "https://export.arxiv.org/abs/{}",
    "https://arxiv.org/html/{}/#S3.SS2",
    "https://ar5iv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "https://doi.org/10.48550/arXiv.{}",
    "doi:10.48550/arXiv.{}",
    "10.48550/ARXIV.{}",
    "https%3A%2F%2Farxiv.org%2Fabs%2F{}",
    "arXiv：{}",
    "{}.pdf",
    "\u200b{}\ufeff",
    "{} [cs.CL]",
]
AROUND = [
    "{}",
    "<{}>",
    "({})",
    "“{}”",
    "'{}'",
    "`{}`",
    "**{}**",
    "_{}_",
    "{}.",
    "{},",
    "{}!",
    "see {} please",
    "[paper]({})",
    "«{}»;",
    "\n{}\n",
]


@given(IDS, st.sampled_from(FORMS), st.sampled_from(AROUND))
def test_every_pasted_form_gives_the_id(paper: ArxivId, form: str, around: str) -> None:
    assert parse_arxiv_id(around.format(form.format(paper))) == paper


@given(IDS)
def test_an_id_means_itself_in_any_case(paper: ArxivId) -> None:
    assert parse_arxiv_id(str(paper).upper()) == paper
    assert parse_arxiv_id(paper.url) == paper
    assert re.fullmatch(r"[a-z0-9._-]+", paper.file_stem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv:math.GT/0309136v1", ArxivId("math/0309136", "v1")),
        ("https://arxiv.org/abs//2306.11698", ArxivId("2306.11698")),
        ("https://arxiv.org/abs/cs.CL/0112017", ArxivId("cs/0112017")),
        ("cond-mat.stat-mech/0501234", ArxivId("cond-mat/0501234")),
        ("first 1706.03762, then 1810.04805", ArxivId("1706.03762")),
        ("https://evil.example/1234.56789 and arXiv:1810.04805", ArxivId("1810.04805")),
        ("1706.03762v5//annotated", ArxivId("1706.03762", "v5")),
        ("papers/1706.03762v7.pdf", ArxivId("1706.03762", "v7")),
        ("0704.0001", ArxivId("0704.0001")),
        ("1412.9999", ArxivId("1412.9999")),
        ("1501.00001", ArxivId("1501.00001")),
    ],
)
def test_the_first_paper_is_taken_without_its_subject_class(text: str, expected: ArxivId) -> None:
    assert parse_arxiv_id(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "about 12.5 papers", "2024.01.15", "2024-01-15", "15.01.2024", "20.24.0115", "1706.037621234", "v1706.03762.1", "3.1412.12345",
        "1706.0376", "1412.12345", "0703.0001", "1713.03762", "1700.03762", "9912.12345", "1706.00000", "1706.03762v0", "1706.03762v1234",
        "-1706.03762", "+1706.03762", "$1706.03762", "1706.03762%", "1706.03762-1", "x1706.03762", "1706.03762.docx", "1706.03762abc",
        "10.1145/3292500.3330701", "10.1234/1706.03762", "https://doi.org/10.1234/1706.03762", "doi 10.1016/j.x.1706.03762",
        "https://example.org/1706.03762.pdf", "example.org/1706.03762", "notarxiv.org/abs/1706.03762", "not-arxiv.org/abs/1706.03762",
        "https://arxiv.org/list/cs.CL/2406", "https://arxiv.org/abs/", "docs/1234567", "cs/9913001", "cs/0704001", "cs/01120170",
        "report-2024.10.pdf", "lecture_0612.txt", "cs/011201", "192.168.1706.03762", "llama-2.0.1", "torch==2.13.0",
    ],
)  # fmt: skip
def test_what_is_no_id_is_none(text: str) -> None:
    assert parse_arxiv_id(text) is None


@given(st.dates().map(str) | st.dates().map(lambda d: d.strftime("%d.%m.%Y")) | st.dates().map(lambda d: d.strftime("%Y.%m.%d")))
def test_no_date_is_an_id(date: str) -> None:
    assert parse_arxiv_id(date) is None


@given(IDS, st.integers(1000, 48_549), st.sampled_from(["{}", "doi:{}", "https://doi.org/{}", "https://dx.doi.org/{}"]))
def test_no_other_publisher_s_doi_is_an_id(paper: ArxivId, publisher: int, form: str) -> None:
    assert parse_arxiv_id(form.format(f"10.{publisher}/{paper}")) is None


@given(st.lists(st.integers(0, 999), min_size=3, max_size=5).map(lambda parts: ".".join(map(str, parts))))
def test_no_version_number_of_software_is_an_id(number: str) -> None:
    assert parse_arxiv_id(number) is None


@given(st.text(max_size=200))
def test_any_text_has_an_id_that_holds_or_none(text: str) -> None:
    found = parse_arxiv_id(text)
    assert found is None or parse_arxiv_id(str(found)) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Attention\narXiv:1706.03762v7  [cs.CL]  2 Aug 2023\nAbstract", ArxivId("1706.03762", "v7")),
        ("arXiv:hep-th/9901001v2  17 Mar 1999", ArxivId("hep-th/9901001", "v2")),
        ("arXiv:math.GT/0309136 v1   8 Sep 2003", ArxivId("math/0309136", "v1")),
        ("[1] arXiv preprint arXiv:1607.06450v1, 2016. arXiv:2302.13971v1  [cs.CL]  27 Feb 2023", ArxivId("2302.13971", "v1")),
        ("arXiv preprint arXiv:1607.06450", None),
        ("arXiv:1607.06450v1 [cs.LG], 2016", None),
        ("arXiv:1607.06450 [cs.LG] 2 Aug 2023", None),
        ("", None),
    ],
)
def test_the_stamp_on_page_1_gives_id_and_version(text: str, expected: ArxivId | None) -> None:
    assert stamp_of(text) == expected


def test_stamps_of_real_papers(shared: Path) -> None:
    from pypdf import PdfReader

    stamped: Callable[[Path], ArxivId | None] = lambda path: stamp_of(PdfReader(path).pages[0].extract_text())  # noqa: E731
    rows = re.findall(r"^\| (\d{4}\.\d{5}) \| \S+?(v\d+) ", (shared / "papers" / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 20
    for id, version in rows[::4]:
        assert stamped(shared / "papers" / f"{id}.pdf") == ArxivId(id, version)
    assert stamped(shared / "papers" / "gpt-2.pdf") is None


def test_versions_are_numbers() -> None:
    assert [version_number(v) for v in (None, "", "v1", "v10", "3")] == [0, 0, 1, 10, 3]
