from ingest.readers.layout.characters import deciphered, is_accent, mend
from ingest.readers.layout.page import Page
from tests.ingest.readers.layout.setting import words


def shifted(text: str) -> str:
    return " ".join("".join(chr(ord(c) - 29) for c in word) for word in text.split(" "))


def page(text: str, font: str) -> Page:
    return Page(1, 612.0, 792.0, tuple(words(text, 72, 100, font=font)))


def test_ligatures_halves_and_private_characters_are_mended() -> None:
    assert mend("e\ufb03cient\x00 \ud835\udc4a \ud835 a\u00adb \uf8ee") == "efficient W  a-b "
    assert mend("plain") == "plain"


def test_a_font_whose_glyph_numbers_came_as_text_is_read() -> None:
    text = "the ant goes to the leaf and the leaf goes to the nest of the ants in the wood " * 2
    (found,) = deciphered([page(shifted(text.strip()), "font0000")])
    assert [w.text for w in found.words] == text.split()
    assert all(w.drawn for w in found.words)


def test_letters_of_formulas_are_no_cipher() -> None:
    # By chance some of these would be "in", "to" and "of".
    formula = page("LQ WR RI x y z W q k v U V A B C D E F G H " * 6, "CMMI10")
    assert deciphered([formula]) == [formula]


def test_an_accent_by_itself_is_known() -> None:
    assert is_accent("´")
    assert not is_accent("a")
