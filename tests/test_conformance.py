"""What docs and packaging promise, held true."""

import re
import tomllib
from pathlib import Path

import typer
from typer.main import get_command

from tests.conftest import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def commands() -> dict[str, typer.core.TyperCommand]:
    from bot.cli.app import add_commands, app

    add_commands()

    found = {}
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        for sub, inner in getattr(command, "commands", {"": command}).items():
            found[f"{name} {sub}".strip()] = inner
    return found


def test_every_command_is_described_and_documented() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for name, command in commands().items():
        assert command.help, name
        assert f"lector {name}" in text, name
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option == "--help" or f"`{option}`" in text, f"{name} {option}"


def test_every_dependency_is_pinned() -> None:
    pinned = {re.split("==", line)[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().split()}
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    for requirement in wanted:
        name = re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")
        assert name in pinned, name


def test_every_room_says_what_it_is_for() -> None:
    for room in ("bot", "common", "evals", "ingest", "quiz", "rag"):
        assert len(Path(ROOT / room / "__init__.py").read_text("utf-8")) > 80, room


def test_links_and_files_that_the_docs_name_exist() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_targets_that_the_readme_names_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"`make ([a-z]+)", (ROOT / page).read_text("utf-8"))) <= targets


def test_the_pdf_handouts_are_those_of_their_markdown(capsys) -> None:
    from scripts.build_handouts import main

    assert main(["--check"]) == 0, capsys.readouterr().err


def test_every_fact_of_the_syllabus_s_source_stands_in_ours(shared: Path) -> None:
    """Links, dates, percentages, weeks and numbers of the course's own page."""
    source = (shared / "syllabi" / "dsa-6000e-spring-2024.md").read_text("utf-8")
    ours = (ROOT / "corpus" / "syllabus.md").read_text("utf-8")
    for link in re.findall(r"https?://[^\s)]+", source):
        assert link in ours, link
    for fact in re.findall(r"\b(?:Jan|Feb|Mar|Apr) \d{1,2}\b|\b\d+%|Week \d+|\b7AM\b|\b7B\b|\b70\b|Rm202|\bW4\b|9:00AM|11:50PM", source):
        assert fact in ours, fact
    for name in (
        "Sung Kim",
        "Jungwoo Ha",
        "Jung-Woo Ha",
        "John",
        "Matthias Gallé",
        "Cohere",
        "FU Jie",
        "Jamin Shin",
        "Naver AI",
        "HKUST",
        "PyTorch",
    ):
        assert name in ours, name
