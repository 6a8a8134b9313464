"""What a text says, short of events: sentences, dates, durations, ordinals, quantities and mentions."""

from __future__ import annotations

from comity.language.date_mentions import DateMention
from comity.language.dates import find_dates
from comity.language.durations import DurationMention, find_durations
from comity.language.numbers import NumberMention, OrdinalMention, find_numbers, find_ordinals
from comity.language.quantities import QuantityMention, find_quantities
from comity.language.sentences import Sentence, sentences
from comity.language.tokens import Token, tokens

__all__ = [
    "DateMention",
    "DurationMention",
    "NumberMention",
    "OrdinalMention",
    "QuantityMention",
    "Sentence",
    "Token",
    "find_dates",
    "find_durations",
    "find_numbers",
    "find_ordinals",
    "find_quantities",
    "sentences",
    "tokens",
]
