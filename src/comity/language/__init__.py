"""What a text says, short of events: sentences, dates, durations, ordinals, quantities and mentions."""

from __future__ import annotations

from comity.language.sentences import Sentence, sentences
from comity.language.tokens import Token, tokens

__all__ = ["Sentence", "Token", "sentences", "tokens"]
