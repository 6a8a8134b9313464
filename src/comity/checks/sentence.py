"""A sentence whose states and figures are found, and masked by signs of the same length.

Patterns run over the mask, so that "Japanese exports to Pakistan" and "Kenya's exports to Uganda" look alike and
every offset in the mask is an offset in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from comity.language import MentionKind, QuantityMention, find_mentions, find_quantities
from comity.terms import Passage, Quantity

STATE = r"‹[^‹›]*›"
MONEY = r"⟦[^⟦⟧]*⟧"
PERCENT = r"⟪[^⟪⟫]*⟫"
FRACTIONS = {
    "half": Fraction(1, 2),
    "one half": Fraction(1, 2),
    "a third": Fraction(1, 3),
    "one third": Fraction(1, 3),
    "one-third": Fraction(1, 3),
    "two thirds": Fraction(2, 3),
    "two-thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4),
    "one quarter": Fraction(1, 4),
    "one-fourth": Fraction(1, 4),
    "one fourth": Fraction(1, 4),
    "three quarters": Fraction(3, 4),
    "three-quarters": Fraction(3, 4),
    "a fifth": Fraction(1, 5),
    "one fifth": Fraction(1, 5),
    "a tenth": Fraction(1, 10),
    "one tenth": Fraction(1, 10),
}
FRACTION = "|".join(sorted((word.replace(" ", r"\s+") for word in FRACTIONS), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class MarkedState:
    """A mention of a state; `demonym` where it is an adjective or a people ("Japanese")."""

    code: str
    demonym: bool


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A passage with its mask and what stands behind each masked place, by offset in the passage.

    `plain` is the lower-cased mask, for patterns that do not care for capitals.
    """

    passage: Passage
    mask: str
    plain: str
    states: dict[int, MarkedState]
    quantities: dict[int, Quantity]

    def state_at(self, offset: int) -> MarkedState:
        """Return the state masked at the first `‹` from `offset` on."""
        return self.states[self.mask.index("‹", offset)]

    def codes_in(self, start: int, end: int) -> list[str]:
        """Return the states masked within a stretch, in order."""
        return [state.code for place, state in self.states.items() if start <= place < end]

    @property
    def codes(self) -> frozenset[str]:
        """The states that the sentence names."""
        return frozenset(state.code for state in self.states.values())

    def quantity_at(self, offset: int) -> Quantity:
        """Return the quantity masked at `offset`."""
        return self.quantities[offset]


def mark(passage: Passage, codes: Mapping[str, str]) -> MarkedSentence:
    """Find and mask the states and figures of a passage.

    codes: what stands for a code in view of the workspace ("SUN" for "RUS", in one of the Soviet Union).
    """
    text = passage.text
    letters = list(text)
    states: dict[int, MarkedState] = {}
    quantities: dict[int, Quantity] = {}
    for quantity in _parted(text, find_quantities(text)):
        unit = quantity.quantity.unit
        money = len(unit) == 3 and unit.isalpha() and unit.isupper()
        if not money and unit != "percent":
            continue
        start, end = quantity.start, quantity.end
        if end - start >= 2 and letters[start] not in "⟦⟪" and not _taken(letters, start, end):
            _cover(letters, start, end, "⟦⟧" if money else "⟪⟫")
            quantities[start] = quantity.quantity
    for mention in find_mentions(text):
        if mention.kind is not MentionKind.STATE or not mention.code or mention.form in ("city", "modifier"):
            continue  # "Marseille's exports" are not France's, and "Japan-led" names no owner
        start, end = mention.start, mention.end
        for suffix in ("'s", "’s"):
            if text[start:end].endswith(suffix):
                end -= 2
        if end - start >= 2 and not _taken(letters, start, end):
            _cover(letters, start, end, "‹›")
            states[start] = MarkedState(codes.get(mention.code, mention.code), mention.form == "demonym")
    mask = "".join(letters)
    lower = mask.lower()
    plain = lower if len(lower) == len(mask) else mask  # a few letters grow when they lose their capital
    return MarkedSentence(passage, mask, plain, dict(sorted(states.items())), dict(sorted(quantities.items())))


def interval(quantity: Quantity, *, widen: bool) -> tuple[Decimal, Decimal]:
    """Return the least and greatest value that the printed figure stands for.

    A hedged figure ("around 10 billion") stands for a tenth either way at least: its author says that the digits
    are not meant to the last one.
    """
    half = quantity.resolution / 2
    if widen or quantity.approximate:
        half = max(half, abs(quantity.value) / 10)
    return quantity.value - half, quantity.value + half


def _parted(text: str, found: Iterable[QuantityMention]) -> Iterator[QuantityMention]:
    """Yield the figures; "from US$ 3 billion to US$ 4 billion" is two, and "US$ 2-3 billion" is none: it claims no one figure."""
    for mention in found:
        if mention.upper is None:
            yield mention
            continue
        joint = _TO.search(mention.text)
        if joint is None:
            continue
        start, end = mention.start + joint.start(), mention.start + joint.end()
        first, last = text[mention.start : start], text[end : mention.end]
        yield replace(mention, end=start, text=first, quantity=replace(mention.quantity, text=first), upper=None)
        yield replace(mention, start=end, text=last, quantity=replace(mention.upper, text=last), upper=None)


_TO = re.compile(r"\s+(?:to|and)\s+")


def _taken(letters: list[str], start: int, end: int) -> bool:
    return any(letter in "‹›⟦⟧⟪⟫·~" for letter in letters[start:end])


def _cover(letters: list[str], start: int, end: int, signs: str) -> None:
    letters[start] = signs[0]
    letters[end - 1] = signs[1]
    for place in range(start + 1, end - 1):
        letters[place] = "~"
