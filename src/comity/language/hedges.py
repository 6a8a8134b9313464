"""Hedges before a figure: "about", "nearly", "more than", "up to", "not exceeding"."""

from __future__ import annotations

from dataclasses import dataclass

from comity.language.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Hedge:
    """How a text qualifies a figure; `words` is how many tokens the hedge takes before it."""

    approximate: bool = False
    bound: str = ""
    words: int = 0


_NONE = Hedge()
_HEDGES: dict[tuple[str, ...], tuple[bool, str]] = {
    ("about",): (True, ""), ("around",): (True, ""), ("roughly",): (True, ""), ("approximately",): (True, ""),
    ("some",): (True, ""), ("circa",): (True, ""), ("an", "estimated"): (True, ""), ("estimated",): (True, ""),
    ("close", "to"): (True, ""), ("nearly",): (True, "at-most"), ("almost",): (True, "at-most"),
    ("over",): (True, "at-least"), ("above",): (True, "at-least"), ("more", "than"): (True, "at-least"),
    ("at", "least"): (True, "at-least"), ("no", "less", "than"): (True, "at-least"),
    ("not", "less", "than"): (True, "at-least"), ("in", "excess", "of"): (True, "at-least"),
    ("exceeding",): (True, "at-least"), ("a", "minimum", "of"): (True, "at-least"), ("as", "many", "as"): (True, "at-most"),
    ("as", "much", "as"): (True, "at-most"), ("up", "to"): (True, "at-most"), ("at", "most"): (True, "at-most"),
    ("less", "than"): (True, "at-most"), ("fewer", "than"): (True, "at-most"), ("under",): (True, "at-most"),
    ("below",): (True, "at-most"), ("no", "more", "than"): (True, "at-most"), ("not", "more", "than"): (True, "at-most"),
    ("a", "maximum", "of"): (True, "at-most"), ("just", "over"): (True, "at-least"), ("just", "under"): (True, "at-most"),
    ("well", "over"): (True, "at-least"), ("approx",): (True, ""), ("approx", "."): (True, ""), ("~",): (True, ""),
}  # fmt: skip


def hedge_before(tokens: Tokens, index: int) -> Hedge:
    """The hedge that ends just before a token; the longest one counts ("no more than" before "more than")."""
    for length in (3, 2, 1):
        if index >= length:
            key = tuple(tokens.words[index - length : index])
            found = _HEDGES.get(key)
            if found is not None:
                if key == ("over",) and tokens.word(index - 2) in (
                    "concerns",
                    "concern",
                    "talks",
                    "dispute",
                    "disputes",
                ):
                    return _NONE
                return Hedge(found[0], found[1], length)
    return _NONE
