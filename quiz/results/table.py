"""The scores as CSV, for a spreadsheet or a gradebook."""

import csv
import io
from collections.abc import Mapping

from quiz.formats.cells import to_cell
from quiz.results.book import Results


def scores_csv(results: Results, names: Mapping[str, str] | None = None) -> bytes:
    """A line a student: name, id, score, passed or not, attempts, provisional or not, the credit of each item.

    Args:
        names: Of the students by their ids, as far as they are known. UTF-8 with the mark that spreadsheets look for.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    numbers = range(1, len(results.quiz.asked) + 1)
    writer.writerow(["name", "student", "percent", "passed", "attempts", "provisional", *(f"item {n}" for n in numbers)])
    for s in results.students:
        credits = ["" if credit is None else format(credit, "g") for credit in s.credits]
        flags = ["yes" if s.passed else "no", str(s.attempts), "yes" if s.provisional else "no"]
        writer.writerow([to_cell((names or {}).get(s.student, "")), to_cell(s.student), f"{s.percent:.2f}", *flags, *credits])
    return out.getvalue().encode("utf-8-sig")
