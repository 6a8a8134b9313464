"""By what a person may name the source of a series: the key of its data set, the key of one side's reports, or words of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from comity.states import state
from comity.statistics.datasets import data_sources
from comity.statistics.sourcing import short_names
from comity.terms import Series, Source, StateError

_WORD = re.compile(r"\w+")


def source_key(source: Source) -> str:
    """Return the key by which the catalogue has a data set ("cow-trade"); "" for a source that is none."""
    same = (one.key for one in data_sources().values() if (one.citation, one.title) == (source.citation, source.title))
    return next(same, "")


def side_key(series: Series) -> str:
    """Return the key of one side's reports in a data set, as `comity panel` names them ("imports_cow_trade"); "" for none."""
    key = source_key(series.source)
    return f"{series.indicator}_{key}".replace("-", "_") if key else ""


def named_by(words: str, series: Iterable[Series]) -> list[Series]:
    """Return the series whose source the words name.

    A key goes before the whole citation, and this before words that all stand in the source's name, in that of the side
    whose account it is, or in the unit. A publisher's short name ("IMF") stands for its name.
    """
    held = list(series)
    plain = " ".join(words.casefold().split())
    wanted = set(_WORD.findall(plain))
    if not wanted:
        return []
    for found in (
        [one for one in held if plain in (source_key(one.source), side_key(one))],
        [one for one in held if plain.rstrip(".") == " ".join(one.source.citation.casefold().split()).rstrip(".")],
        [one for one in held if wanted <= _words_of(one)],
    ):
        if found:
            return found
    return []


def _words_of(series: Series) -> set[str]:
    source = series.source
    named = (source.producer, source.title, source.citation, source.vintage, *short_names(source), source_key(source))
    account = f"{_state_name(series.reporter)}'s account in {series.unit}"
    return set(_WORD.findall(" ".join((*named, account)).casefold()))


def _state_name(code: str) -> str:
    try:
        return state(code).name
    except StateError:
        return code
