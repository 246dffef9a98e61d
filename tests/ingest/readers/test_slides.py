import io
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Kind
from ingest.readers import read
from ingest.readers.slides import blocks_of_slides, is_deck

WIDE, TALL = (960.0, 540.0), (612.0, 792.0)


def test_decks_lie_on_their_side_and_say_little() -> None:
    assert is_deck([WIDE] * 5, ["A few words"] * 5)
    assert is_deck([(800.0, 600.0)] * 5, ["A few words"] * 5)
    assert not is_deck([TALL] * 5, ["A few words"] * 5)
    assert not is_deck([WIDE] * 5, ["word " * 400] * 5)
    assert not is_deck([TALL, TALL, TALL, WIDE], ["A few words"] * 4)
    assert not is_deck([], [])


def test_titles_are_sections_and_bullets_stay_apart() -> None:
    pages = [
        "Attention\nA. Speaker\nSpring school\n1 / 6",
        "Why attention?\n• Long sequences are hard for recurrent\nnetworks to learn\n• It is parallel\n–\neight heads\n"
        "Spring school\n2 / 6",
        "Why attention? (cont.)\n• Cost is quadratic\nSpring school\n3 / 6",
        "Results of the\nbase model\nbase 27.3 38.1 3.3\nbig 28.4 41.8 2.3\nSpring school\n4 / 6",
        "• A slide without a title\nSpring school\n5 / 6",
        "Thank you\nSpring school\n6 / 6",
    ]
    assert [(b.page, b.section, b.text, b.kind) for b in blocks_of_slides(pages)] == [
        (1, "Attention", "A. Speaker", Kind.PROSE),
        (2, "Why attention?", "Long sequences are hard for recurrent networks to learn", Kind.PROSE),
        (2, "Why attention?", "It is parallel", Kind.PROSE),
        (2, "Why attention?", "eight heads", Kind.PROSE),
        (3, "Why attention?", "Cost is quadratic", Kind.PROSE),
        (4, "Results of the base model", "base 27.3 38.1 3.3", Kind.TABLE),
        (4, "Results of the base model", "big 28.4 41.8 2.3", Kind.TABLE),
        (5, "Slide 5", "A slide without a title", Kind.PROSE),
        (6, "Thank you", "Thank you", Kind.PROSE),
    ]


def test_a_slide_that_is_built_up_is_read_once() -> None:
    pages = ["Bees\n• one", "Bees\n• one\n• two", "Bees\n• one\n• two\n• three", "Owls\n• one"]
    assert [(b.page, b.text) for b in blocks_of_slides(pages)] == [(3, "one"), (3, "two"), (3, "three"), (4, "one")]


def test_a_slide_pdf_is_known_as_one(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4), invariant=1)
    for title, items in (
        ("Honey", ["Bees make honey", "27 kilograms a year"]),
        ("Hearing", ["Owls hear well", "Under 40 centimetres of snow"]),
    ):
        canvas.setFont("Helvetica", 32)
        canvas.drawString(60, 500, title)
        canvas.setFont("Helvetica", 20)
        for n, item in enumerate(items):
            canvas.drawString(80, 400 - 40 * n, f"- {item}")
        canvas.showPage()
    canvas.save()
    file = tmp_path / "deck.pdf"
    file.write_bytes(out.getvalue())
    assert [(b.page, b.section, b.text) for b in read(file).blocks] == [
        (1, "Honey", "Bees make honey"),
        (1, "Honey", "27 kilograms a year"),
        (2, "Hearing", "Owls hear well"),
        (2, "Hearing", "Under 40 centimetres of snow"),
    ]
