"""News texts of our own with their times marked in the manner of TimeML, and the scores of the finders on them.

Each text of `data/timex_news_*.txt` begins with "# number day-of-publication"; one line is one paragraph, and a time
stands as "[words|TYPE|value]" (TIMEX3 of TimeML 1.2.1, as the annotators of TempEval-3 mark it). A predicted time counts
when its extent overlaps a marked one of the same group and its value is equal. Run as a program it prints the scores:

    python -m tests.language.timex_news            # dev and test
    python -m tests.language.timex_news --errors   # what went wrong in dev; nobody looks at the errors in test
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.language import find_dates, find_timexes

DATA = Path(__file__).parent / "data"
NAMES = ("dev", "test")
GROUPS = {"dates": ("DATE", "TIME"), "durations": ("DURATION",), "sets": ("SET",)}
_MARK = re.compile(r"\[([^|\[\]]+)\|([A-Z]+)\|([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """One time: where it stands, its type and its value."""

    start: int
    end: int
    kind: str
    value: str

    def overlaps(self, other: Marked) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class NewsText:
    """A text without its marks, the day it was published, and the times marked in it."""

    published: date
    text: str
    marked: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, with the share of extents that are the same to the character."""

    right: int
    predicted: int
    marked: int
    strict: int

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.right / max(self.predicted, 1)

    @property
    def recall(self) -> float:
        """The share of what is marked that was found with its value."""
        return self.right / max(self.marked, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(self.predicted + self.marked, 1)

    @property
    def strict_f1(self) -> float:
        """The harmonic mean where the extent has to be the same as well."""
        return 2 * self.strict / max(self.predicted + self.marked, 1)


def read(name: str) -> list[NewsText]:
    """Return the texts of one half of the set, "dev" or "test"."""
    blocks = (DATA / f"timex_news_{name}.txt").read_text(encoding="utf-8").split("# ")[1:]
    return [_text(*block.split("\n", 1)) for block in blocks]


def _text(head: str, body: str) -> NewsText:
    marked: list[Marked] = []
    plain: list[str] = []
    length = at = 0
    body = body.strip().replace("\n", "\n\n")
    for match in _MARK.finditer(body):
        before = body[at : match.start()]
        start = length + len(before)
        length = start + len(match[1])
        plain += [before, match[1]]
        marked.append(Marked(start, length, match[2], match[3]))
        at = match.end()
    return NewsText(date.fromisoformat(head.split()[1]), "".join(plain) + body[at:], tuple(marked))


def predicted(one: NewsText) -> list[Marked]:
    """What `find_timexes` returns, all four kinds."""
    return [Marked(x.start, x.end, x.kind, x.value) for x in find_timexes(one.text, one.published)]


def predicted_dates(one: NewsText) -> list[Marked]:
    """What `find_dates` alone returns, without the stretches, whose values are lengths."""
    found = find_dates(one.text, one.published)
    return [Marked(x.start, x.end, "DATE", x.timex) for x in found if not re.match(r"P[T\dX]", x.timex)]


def score(pairs: list[tuple[list[Marked], list[Marked]]], kinds: tuple[str, ...]) -> Score:
    """Score predictions against marks, both of these types alone; each mark is met at most once."""
    right = strict = guesses = marks = 0
    for guessed, marked in pairs:
        guessed = [one for one in guessed if one.kind in kinds]
        left = [one for one in marked if one.kind in kinds]
        guesses, marks = guesses + len(guessed), marks + len(left)
        for one in guessed:
            met = [mark for mark in left if mark.overlaps(one) and mark.value == one.value]
            if met:
                right += 1
                strict += (met[0].start, met[0].end) == (one.start, one.end)
                left.remove(met[0])
    return Score(right, guesses, marks, strict)


def scores(name: str) -> dict[str, Score]:
    """Return the scores of one half by group, and of `find_dates` alone."""
    texts = read(name)
    pairs = [(predicted(one), list(one.marked)) for one in texts]
    reached = {group: score(pairs, kinds) for group, kinds in GROUPS.items()}
    return reached | {"find_dates": score([(predicted_dates(one), list(one.marked)) for one in texts], GROUPS["dates"])}


def errors(name: str = "dev") -> list[str]:
    """Return what is missed, made up or given another value, a line each."""
    lines: list[str] = []
    for number, one in enumerate(read(name)):
        guessed = predicted(one)
        for mark in one.marked:
            if not any(x.overlaps(mark) and (x.kind, x.value) == (mark.kind, mark.value) for x in guessed):
                got = [(one.text[x.start : x.end], x.kind, x.value) for x in guessed if x.overlaps(mark)]
                context = one.text[max(0, mark.start - 30) : mark.end + 30].replace("\n", " ")
                words = one.text[mark.start : mark.end]
                lines.append(f"{number} {one.published} {words!r} {mark.kind} {mark.value} got {got} ... {context}")
        for guess in guessed:
            if not any(guess.overlaps(mark) for mark in one.marked):
                context = one.text[max(0, guess.start - 30) : guess.end + 30].replace("\n", " ")
                words = one.text[guess.start : guess.end]
                lines.append(f"{number} {one.published} MADE UP {words!r} {guess.kind} {guess.value} ... {context}")
    return lines


if __name__ == "__main__":
    for half in NAMES:
        for group, got in scores(half).items():
            print(
                f"{half:5}{group:11} P {got.precision:.3f}  R {got.recall:.3f}  F1 {got.f1:.3f}  "
                f"strict {got.strict_f1:.3f}  n {got.marked}"
            )
    if "--errors" in sys.argv:
        print("\n".join(errors()))
