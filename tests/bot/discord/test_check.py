"""`/check`, as a student uses it: a file, a window, and what can be wrong with a draft."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfWriter

from bot.discord.render_check import check_message, check_text
from common.settings import Settings
from ingest.documents import Kind, Sentence
from rag.checking import Judged, Verdict
from rag.claims import Claim
from rag.drafts import DraftCheck
from rag.grounds import Fault, Ground
from tests.bot.discord.light import Scene, Wall, light_scene, simcord, staffed
from tests.bot.plan.test_readings import row

LORA = row("2106.09685", "LoRA: *Low-Rank* Adaptation", url="https://arxiv.org/abs/2106.09685", version="v2")
NEAREST = Sentence("2106.09685", 7, "LoRA ran about 25% faster.", 2, "4 Method > 4.2 Speed", Kind.PROSE, False)


def judged(text: str, verdict: Verdict = Verdict.SUPPORTED, *grounds: Ground) -> Judged:
    return Judged(Claim(text), verdict, grounds, NEAREST if grounds else None)


def checked(*sentences: Judged, named: bool = True, missing: tuple[str, ...] = ()) -> DraftCheck:
    return DraftCheck(LORA, named, sentences, missing)


def test_a_fault_has_its_reason_and_the_passage_with_its_page() -> None:
    text, file = check_message(
        checked(
            judged("It is 45% *faster*.", Verdict.NUMBER_CONTRADICTED, Ground(Fault.STANDS_NOWHERE, "45%")),
            judged("Fine."),
            missing=("5 Results",),
        ),
        "en",
    )
    assert file is None
    assert text.splitlines()[:5] == [
        r"Checked 2 sentences against **LoRA: \*Low-Rank\* Adaptation** (`2106.09685`).",
        "",
        r"1. **It is 45% \*faster\*.**",
        "   contradicted number: 45% stands nowhere in the reading",
        "   Nearest, [p. 2, 4.2 Speed](<https://arxiv.org/pdf/2106.09685v2#page=2>): “LoRA ran about 25% faster.”",
    ]
    assert "In the other 1 nothing was found wrong." in text
    assert "Sections that it says nothing of:\n- 5 Results" in text


def test_what_was_compared_is_said() -> None:
    """Words and numbers; meanings too where a model of entailment is set."""
    for language, words, meanings in (("en", "not meanings", "meanings by a model"), ("zh", "而不是含义", "含义由模型判断")):
        plain = checked(judged("Fine."))
        assert words in check_text(plain, language, str)
        assert meanings in check_text(replace(plain, by_meaning=True), language, str)


def test_every_verdict_that_is_a_fault_has_its_words_in_every_language() -> None:
    for verdict in Verdict:
        if verdict.is_fault:
            for language in ("en", "zh"):
                assert "45%" in check_text(checked(judged("It is so.", verdict, Ground(Fault.NEAREST_HAS, "45%"))), language, str)


def test_what_is_wrong_is_said_in_the_reader_s_language() -> None:
    grounds = Ground(Fault.STANDS_ELSEWHERE, "45%", (3, "5"), elsewhere=True), Ground(Fault.OPPOSITE)
    text = check_text(checked(judged("It is so.", Verdict.CONTRADICTED, *grounds)), "zh-CN", str)
    assert "   与原文相反: 45% 出现在别的句子里（第 3 页、5等处）；有一句用词相同而意思相反" in text


def test_what_a_message_does_not_hold_comes_as_a_file() -> None:
    many = [judged(f"Sentence {n} is *wrong*. " + "x" * 100, Verdict.NOT_SUPPORTED, Ground(Fault.NOTHING_NEAR)) for n in range(30)]
    text, file = check_message(checked(*many, named=False), "en")
    assert len(text) < 600
    assert "No reading was named" in text
    assert "30 sentences are not borne out by it; the file says which and why." in text
    assert file is not None
    assert "Sentence 29 is *wrong*." in file


def test_nothing_wrong_and_nothing_to_check_differ() -> None:
    assert "Nothing was found wrong." in check_text(checked(judged("Fine.")), "en", str)
    assert "Nothing was found wrong." not in check_text(checked(judged("Why?", Verdict.NOT_CHECKABLE)), "en", str)


def encrypted() -> bytes:
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("draft.docx", b"PK", "files of type .docx are not taken here; use .md, .txt, .pdf"),
        ("draft.txt", b"bee " * 2001, "The draft has 2001 words, a summary at most 2000: shorten it."),
        ("draft.pdf", encrypted(), "encrypted"),
    ],
)
async def test_a_draft_that_cannot_be_taken_is_one_line(settings: Settings, name: str, content: bytes, says: str) -> None:
    async with light_scene(staffed(settings)) as scene:
        result = await scene.do("check", file=(name, content))
        assert says in result.response.content
        assert "\n" not in result.response.content
        assert result.ephemeral
        assert len(scene.env.errors) == 1
        scene.env.errors.clear()
        assert list((settings.storage.dir / "uploads").glob("*")) == []


async def test_a_pasted_draft_that_is_empty_of_sentences_is_told_and_deleted(settings: Settings) -> None:
    async with light_scene(staffed(settings)) as scene:
        shown = await scene.do("check")
        assert shown.modal["title"] == "Check a draft"
        told = await scene.student.submit_modal(shown, {"draft": "# Only a heading"})
        assert "Your draft cannot be read: draft.md: there is no text in it" in told.response.content
        assert (await told.response.attachments[0].read()).decode() == "# Only a heading"
        assert told.ephemeral
        scene.env.errors.clear()
        assert list((settings.storage.dir / "uploads").glob("*")) == []


async def test_a_draft_is_checked_for_its_writer_alone(parts) -> None:
    from bot.discord.client import LectorBot
    from bot.discord.courses import open_course

    bot = LectorBot([open_course(replace(parts, settings=staffed(parts.settings)))], now=Wall("2024-03-12T02:00"))
    async with simcord.run(bot, settle_timeout=120) as env:
        scene = Scene(env, bot, parts.settings, bot.now)
        draft = "LoRA training on GPT-3 175B ran about 45% faster than full fine-tuning."
        refused = await scene.do("check", reading="sourdough")
        assert 'No reading is called "sourdough"' in refused.response.content
        assert refused.modal is None  # nobody pastes a draft in vain
        env.errors.clear()
        offered = await scene.student.autocomplete(scene.channel, "check", "reading", "lora low")
        by_file = await scene.do("check", file=("draft.md", draft.encode()), reading="low-rank adaptation")
        assert offered
        pasted = await scene.student.submit_modal(await scene.do("check"), {"draft": draft})
        for result in (by_file, pasted):
            assert result.ephemeral
            assert "contradicted number: 45% stands nowhere" in result.response.content
        assert "No reading was named" in pasted.response.content
        assert "No reading was named" not in by_file.response.content
