"""What a text says, short of events: sentences, dates, durations, ordinals, quantities and mentions."""

from __future__ import annotations

from comity.language.date_mentions import DateMention
from comity.language.dates import find_dates
from comity.language.sentences import Sentence, sentences
from comity.language.token_lists import Token, tokens

__all__ = ["DateMention", "Sentence", "Token", "find_dates", "sentences", "tokens"]
