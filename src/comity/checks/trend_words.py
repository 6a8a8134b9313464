"""The words of trend claims, with what each one asserts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class TrendWord:
    """What a verb asserts: see data/trends.toml for the fields."""

    direction: int
    strength: str
    low: float = 0.0
    high: float = 0.0


@cache
def _load() -> tuple[dict[str, TrendWord], re.Pattern[str]]:
    content = tomllib.loads((files("comity.checks") / "data" / "trends.toml").read_text("utf-8"))
    words = {
        word: TrendWord(row["direction"], row["strength"], row.get("low", 0.0), row.get("high", 0.0))
        for row in content["trend"]
        for word in row["words"]
    }
    longest = sorted(words, key=len, reverse=True)
    return words, re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in longest) + r")(?![\w-])")


def trend_word(text: str) -> TrendWord:
    """Return what the lower-cased word asserts."""
    return _load()[0][text]


def pattern() -> re.Pattern[str]:
    """Return a pattern that finds every trend word in a lower-cased text."""
    return _load()[1]
