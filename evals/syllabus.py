"""How well syllabi are read: field by field against labels made by hand.

    python -m evals.syllabus GOLD_DIR FILES_DIR [--json] [--misses]
    python -m evals.syllabus GOLD_DIR --hash OUT_DIR

A gold file `<name>.json` labels `<name>.md`, `.html` or `.pdf` in the contract's shape (docs/syllabus.md). `--hash` turns gold into
one without other people's words: texts become the first digits of a SHA-256 and a word count, addresses a SHA-256; dates, numbers
and arXiv ids stay. Both kinds are scored alike, but hashed words are only found whole.
"""

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from common.errors import LectorError, UsageError
from ingest.syllabus import parse_syllabus

FIELDS = (
    "weeks number date topic speakers readings due breaks events grading deadlines staff thresholds title term meeting location".split()
)
_TEXTS = ("topic", "what", "item", "name", "role", "title", "term", "location", "meeting")
_LISTS = ("speakers", "due", "thresholds", "due_optional", "thresholds_optional")
_DIGITS = 16  # of a text's SHA-256
Entry = dict[str, Any]
Gold = str | dict[str, Any] | None


@dataclass
class Count:
    """Right ones of those said and of those labelled, and what went wrong, for people."""

    right: int = 0
    said: int = 0
    labelled: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Count") -> None:
        """Take another's counts on top."""
        self.right, self.said, self.labelled = self.right + other.right, self.said + other.said, self.labelled + other.labelled
        self.misses += other.misses

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing is labelled and nothing is said."""
        return 2 * self.right / (self.said + self.labelled) if self.said + self.labelled else None

    def as_json(self) -> dict[str, float | int | None]:
        """Precision, recall and F1 with their counts."""
        return {
            "precision": round(self.right / self.said, 4) if self.said else None,
            "recall": round(self.right / self.labelled, 4) if self.labelled else None,
            "f1": round(self.f1, 4) if self.f1 is not None else None,
            "right": self.right,
            "said": self.said,
            "labelled": self.labelled,
        }


def level(text: str) -> str:
    """Words without case, accents' compositions, punctuation."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower()))


def hashed(text: str) -> dict[str, Any]:
    """A text as gold that does not contain it."""
    words = level(text)
    return {"sha256": hashlib.sha256(words.encode()).hexdigest()[:_DIGITS], "words": len(words.split())}


def same_text(gold: Gold, said: str | None) -> bool:
    """Is one the other, or a part of it, word for word? Hashed gold must stand in what is said."""
    if gold is None or gold == "":
        return not said
    if not said:
        return False
    have = level(said)
    if isinstance(gold, str):
        want = level(gold)
        return want == have or (bool(want) and bool(have) and (f" {want} " in f" {have} " or f" {have} " in f" {want} "))
    words, size = have.split(), int(gold["words"])
    return any(hashed(" ".join(words[n : n + size]))["sha256"] == gold["sha256"] for n in range(max(1, len(words) - size + 1)))


def same_reading(gold: Entry, said: Entry) -> bool:
    """By arXiv id, else by address, else by title."""
    if gold.get("arxiv") or said.get("arxiv"):
        return bool(gold.get("arxiv") == said.get("arxiv"))
    if gold.get("url") and said.get("url"):
        return gold["url"] in (said["url"], _url_hash(said["url"]))
    return same_text(gold.get("title"), said.get("title"))


def _url_hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _match(gold: Sequence[Any], said: Sequence[Any], same: Callable[[Any, Any], bool], optional: Sequence[Any] = ()) -> Count:
    """Pairs of gold and said; what is optional counts neither way."""
    left = list(said)
    missed = []
    for want in gold:
        hit = next((have for have in left if same(want, have)), None)
        if hit is None:
            missed.append(want)
        else:
            left.remove(hit)
    wrong = [have for have in left if not any(same(want, have) for want in optional)]
    count = Count(len(gold) - len(missed), len(gold) - len(missed) + len(wrong), len(gold))
    count.misses = [f"missed {_short(x)}" for x in missed] + [f"wrong {_short(x)}" for x in wrong]
    return count


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:140]


def pair_weeks(gold: Sequence[Entry], said: Sequence[Entry]) -> list[tuple[Entry, Entry | None]]:
    """Each labelled entry with the one that is meant for it: of its date and number, of either, or of its topic."""
    left = list(said)
    pairs: list[tuple[Entry, Entry | None]] = [(entry, None) for entry in gold]
    rules: list[Callable[[Entry, Entry], bool]] = [
        lambda a, b: a["date"] == b["date"] and a["number"] == b["number"] and same_text(a["topic"], b["topic"]),
        lambda a, b: a["date"] == b["date"] and a["number"] == b["number"] and bool(a["date"] or a["number"] is not None),
        lambda a, b: a["date"] is not None and a["date"] == b["date"],
        lambda a, b: a["number"] is not None and a["number"] == b["number"] and same_text(a["topic"], b["topic"]),
        lambda a, b: bool(a["topic"]) and same_text(a["topic"], b["topic"]),
        lambda a, b: a["number"] is not None and a["number"] == b["number"],
    ]
    for rule in rules:
        for n, (entry, found) in enumerate(pairs):
            if found is None:
                hit = next((other for other in left if rule(entry, other)), None)
                if hit is not None:
                    left.remove(hit)
                    pairs[n] = (entry, hit)
    return pairs


def score(gold: Entry, said: Entry) -> dict[str, Count]:
    """Counts by field for one file."""
    counts = {name: Count() for name in FIELDS}
    accept: Entry = gold.get("accept", {})
    pairs = pair_weeks(gold["weeks"], said["weeks"])
    extra = [entry for entry in said["weeks"] if not any(entry is found for _, found in pairs)]
    found_weeks = sum(found is not None for _, found in pairs)
    counts["weeks"] = Count(
        found_weeks,
        len(said["weeks"]),
        len(pairs),
        [f"missed {_short(g)}" for g, f in pairs if f is None] + [f"extra {_short(e)}" for e in extra],
    )
    for entry, found in pairs:
        name = str(entry["date"] or entry["number"])
        for key in ("number", "date", "topic"):
            right = found is not None and (
                same_text(entry[key], found[key])
                if key == "topic"
                else entry[key] == found[key] and (key != "number" or entry.get("last") == found.get("last"))
            )
            right = right or (found is not None and key == "topic" and any(same_text(x, found[key]) for x in _accepted(accept, key, name)))
            counts[key].add(
                Count(int(right), 1, 1, [] if right else [f"{name}: want {_short(entry[key])}, have {_short(found and found[key])}"])
            )
        speakers = [*entry.get("speakers", [])]
        alternatives = _accepted(accept, "speakers", name)
        have = found or {"speakers": [], "readings": [], "due": []}
        counts["speakers"].add(_named(name, _match(speakers, have["speakers"], _same_speaker(alternatives))))
        counts["readings"].add(_named(name, _match(entry["readings"], have["readings"], same_reading, entry.get("readings_optional", []))))
        counts["due"].add(_named(name, _match(entry["due"], have["due"], same_text, entry.get("due_optional", []))))
    for entry in extra:
        for key in ("speakers", "readings", "due"):
            counts[key].add(Count(0, len(entry[key]), 0, [f"extra entry's {key}: {_short(x)}" for x in entry[key]]))
    counts["breaks"] = _match(gold.get("breaks", []), said.get("breaks", []), _same_break, gold.get("breaks_optional", []))
    counts["readings"].add(_match(_inner(gold, "breaks", "readings"), _inner(said, "breaks", "readings"), same_reading))
    counts["due"].add(_match(_inner(gold, "breaks", "due"), _inner(said, "breaks", "due"), same_text))
    counts["events"] = _match(gold.get("events", []), said.get("events", []), _same_dated, gold.get("events_optional", []))
    counts["deadlines"] = _match(gold.get("deadlines", []), said.get("deadlines", []), _same_dated, gold.get("deadlines_optional", []))
    counts["grading"] = _match(
        gold.get("grading", []), said.get("grading", []), lambda a, b: a["percent"] == b["percent"] and same_text(a["item"], b["item"])
    )
    counts["staff"] = _match(gold.get("staff", []), said.get("staff", []), lambda a, b: same_text(a["name"], b["name"]))
    counts["thresholds"] = _match(gold.get("thresholds", []), said.get("thresholds", []), same_text, gold.get("thresholds_optional", []))
    for key in ("title", "term", "meeting", "location"):
        wants = [gold.get(key), *_accepted(accept, key, "")]
        right = any(same_text(want, said.get(key)) for want in wants)
        said_it, wanted = int(bool(said.get(key))), int(bool(gold.get(key)))
        counts[key] = Count(
            int(right and wanted),
            said_it if not right or wanted else 0,
            wanted,
            [] if right else [f"want {_short(gold.get(key))}, have {_short(said.get(key))}"],
        )
        if right and wanted and not said_it:
            counts[key] = Count(1, 1, 1)
    return counts


def _same_speaker(alternatives: Sequence[Gold]) -> Callable[[Any, Any], bool]:
    def same(gold: Gold, said: str) -> bool:
        return same_text(gold, said) or any(same_text(other, said) for other in alternatives)

    return same


def _named(name: str, count: Count) -> Count:
    count.misses = [f"{name}: {miss}" for miss in count.misses]
    return count


def _accepted(accept: Entry, key: str, name: str) -> list[Any]:
    value = accept.get(key, [])
    return (
        list(value.get(name, [])) if isinstance(value, dict) and "sha256" not in value else list(value) if isinstance(value, list) else []
    )


def _same_break(gold: Entry, said: Entry) -> bool:
    """Its date is enough; where there is none, its words."""
    return bool(gold["date"] == said["date"]) and (gold["date"] is not None or same_text(gold["what"], said["what"]))


def _same_dated(gold: Entry, said: Entry) -> bool:
    return bool(gold["date"] == said["date"]) and same_text(gold["what"], said["what"])


def _inner(content: Entry, where: str, key: str) -> list[Any]:
    return [item for entry in content.get(where, []) for item in entry.get(key, [])]


def hash_gold(content: Any, key: str = "") -> Any:
    """Gold without words and addresses."""
    if isinstance(content, dict):
        if key == "accept":
            return {name: hash_gold(value, "accepted") for name, value in content.items()}
        return {name: hash_gold(value, name if key != "accepted" else key) for name, value in content.items() if name != "unplaced"}
    if isinstance(content, list):
        return [hash_gold(value, "text" if key in (*_LISTS, "accepted") else key) for value in content]
    if isinstance(content, str) and content:
        if key == "url":
            return _url_hash(content)
        return hashed(content) if key in (*_TEXTS, "text") else content
    return content


def read_gold(folder: Path) -> dict[str, Entry]:
    """Labels by name.

    Raises:
        UsageError: None there, or one is no JSON of the contract's shape.
    """
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text("utf-8"))
            content["weeks"][0:0]
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise UsageError(f"{path} is no gold file ({type(exc).__name__}): it needs JSON with weeks") from exc
        found[path.stem] = content
    if not found:
        raise UsageError(f"no gold files (*.json) in {folder}")
    return found


def score_folder(gold: Path, files: Path) -> dict[str, dict[str, Count]]:
    """Counts by file and field, for each gold file whose syllabus is there."""
    found: dict[str, dict[str, Count]] = {}
    for name, labels in read_gold(gold).items():
        path = next((p for suffix in (".md", ".html", ".htm", ".pdf", ".txt") if (p := files / f"{name}{suffix}").is_file()), None)
        if path is None:
            raise UsageError(f"{files} holds no syllabus {name}.*, which {gold} labels")
        found[name] = score(labels, parse_syllabus(path).as_json())
    return found


def total(counts: dict[str, dict[str, Count]]) -> dict[str, Count]:
    """All files' counts together."""
    summed = {name: Count() for name in FIELDS}
    for fields in counts.values():
        for name, count in fields.items():
            summed[name].add(count)
    return summed


def _cell(count: Count) -> str:
    return "" if count.f1 is None else f"{100 * count.f1:.0f}"


def main() -> None:
    """Score and print, or hash gold."""
    parser = argparse.ArgumentParser(description="How well syllabi are read, field by field (F1 in percent).")
    parser.add_argument("gold", type=Path)
    parser.add_argument("files", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="show what went wrong")
    parser.add_argument("--hash", type=Path, metavar="OUT_DIR", help="write the gold without words instead")
    arguments = parser.parse_args()
    if arguments.hash:
        arguments.hash.mkdir(parents=True, exist_ok=True)
        for name, labels in read_gold(arguments.gold).items():
            (arguments.hash / f"{name}.json").write_text(json.dumps(hash_gold(labels), indent=1) + "\n", "utf-8")
        return
    if arguments.files is None:
        raise UsageError("give the folder with the syllabi behind the one with the labels")
    counts = score_folder(arguments.gold, arguments.files)
    if arguments.json:
        print(
            json.dumps({name: {key: c.as_json() for key, c in fields.items()} for name, fields in {**counts, "all": total(counts)}.items()})
        )
        return
    table = Table("file", *FIELDS, box=None, pad_edge=False)
    for name, fields in {**counts, "all": total(counts)}.items():
        table.add_row(name[:24], *(_cell(fields[key]) for key in FIELDS))
    console = Console(width=None if sys.stdout.isatty() else 240)  # a pipe has no width of its own
    console.print(table)
    if arguments.misses:
        for name, fields in counts.items():
            for key, count in fields.items():
                for miss in count.misses:
                    console.print(f"{name} {key}: {miss}", markup=False, soft_wrap=True, highlight=False)


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
