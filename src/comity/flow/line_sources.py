"""The sources from which a person may take a line, where several on record hold it."""

from __future__ import annotations

from collections.abc import Sequence

from comity import measures, statistics
from comity.terms import Dyad, Observation, Source, UnknownCode

_GOES_WITH = (
    "A source is chosen for lines (exports-PAK), for their growth-, mean-growth-, direction-, level-, breaks- and outlook-, and for total-trade, "
    "trade-balance, export-shares and trade-reciprocity. The mirror view always has all sources."
)


def series_asked(dyad: Dyad, observations: Sequence[Observation], keys: Sequence[str], source: str) -> frozenset[str]:
    """Return the ids of the series of a source that the keys' lines may be taken from.

    Args:
        dyad: the two sides.
        observations: the record's figures.
        keys: of lines, and of measures of one line.
        source: the key of a data set ("cow-trade") or of one side's reports in it ("imports_cow_trade"), or words of the source's name.

    Raises:
        UnknownCode: a key is of no line on record, or its line is not held by that source, or by several of that name; the
            message lists the sources that there are with their years.
    """
    held = measures.accounts(dyad, observations)
    if not keys:
        raise UnknownCode(f"no line is named to take from {source!r}.", remedy=_lines(held))
    asked: set[str] = set()
    for key in keys:
        line = measures.line_of(key)
        if line not in held:
            raise UnknownCode(
                f"{key!r} is no line on record and no measure of one, so it is not taken from {source!r}.",
                remedy=f"{_GOES_WITH} {_lines(held)}",
            )
        found = statistics.named_by(source, [one.series for one in held[line]])
        if not found:
            raise UnknownCode(f"{key} is not on record from {source!r}.", remedy=_sources(held[line]))
        if len({one.source for one in found}) > 1:
            raise UnknownCode(
                f"{source!r} names several sources of {key}.",
                remedy=f"Name one of them in more words. {_sources([one for one in held[line] if one.series in found])}",
            )
        asked |= {one.id for one in found}
    return frozenset(asked)


def _lines(held: dict[str, tuple[measures.Candidate, ...]]) -> str:
    if not held:
        return "No line of annual figures between the two states is on record."
    return f"Lines on record are: {', '.join(line for line in held if line != measures.BOTH_WAYS)}."


def _sources(held: Sequence[measures.Candidate]) -> str:
    """Return whose accounts of a line there are, each source with its key, its sides and their years."""
    by_source: dict[Source, list[measures.Candidate]] = {}
    for one in held:
        by_source.setdefault(one.series.source, []).append(one)
    told = []
    for source, accounts in by_source.items():
        key = statistics.source_key(source)
        sides = dict.fromkeys(": ".join(filter(None, (statistics.side_key(one.series), one.reach))) for one in accounts)
        told.append(f"{f'{key}: ' if key else ''}{measures.citation(source) or 'not named'} ({', '.join(sides)})")
    return f"On record: {'; '.join(told)}."
