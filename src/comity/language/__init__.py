"""What a text says, short of events: sentences, dates, durations, ordinals, quantities and mentions."""

from __future__ import annotations

from comity.language.date_mentions import DateMention
from comity.language.dates import find_dates
from comity.language.durations import DurationMention, find_durations
from comity.language.former import named_for
from comity.language.furniture import furniture_in, is_furniture
from comity.language.languages import foreign_among, language_of, name_of_language
from comity.language.leader_lists import LeaderList, form_of_leaders, known_leaders, listed_day, read_leaders

# Mentions of states, organisations, groups and persons.
from comity.language.mentions import Mention, MentionKind, find_mentions, mentions_in, people_among
from comity.language.numbers import NumberMention, OrdinalMention, find_numbers, find_ordinals
from comity.language.people import People, leaders
from comity.language.quantities import QuantityMention, find_quantities
from comity.language.sentences import Sentence, awaits_name, sentences
from comity.language.timexes import Timex, find_sets, find_timexes
from comity.language.tokens import Token, tokens
from comity.language.words import Tokens, tokenise

__all__ = [
    "DateMention",
    "DurationMention",
    "LeaderList",
    "Mention",
    "MentionKind",
    "NumberMention",
    "OrdinalMention",
    "People",
    "QuantityMention",
    "Sentence",
    "Timex",
    "Token",
    "Tokens",
    "awaits_name",
    "find_dates",
    "find_durations",
    "find_mentions",
    "find_numbers",
    "find_ordinals",
    "find_quantities",
    "find_sets",
    "find_timexes",
    "foreign_among",
    "form_of_leaders",
    "furniture_in",
    "is_furniture",
    "known_leaders",
    "language_of",
    "leaders",
    "listed_day",
    "mentions_in",
    "name_of_language",
    "named_for",
    "people_among",
    "read_leaders",
    "sentences",
    "tokenise",
    "tokens",
]
