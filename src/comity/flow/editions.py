"""Files of one published data set that say different things of the same: two editions, most likely, and no word on which is newer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from comity.flow.wording import counted
from comity.record import View
from comity.statistics import DataSource, data_source, recognise
from comity.terms import ComityError, Period, Quantity, Status

_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".parquet"})


def contradictions(sources: Mapping[str, Path], view: View) -> Iterator[tuple[str, str]]:
    """Yield a file and words for each two files of one data set that differ on a figure of the record.

    Where they differ, neither figure is taken by measures and panels; where only one has a figure, it counts. Which edition
    is newer is known only of files in a folder `SOURCE/VINTAGE`.

    Args:
        sources: the files among the sources by name.
        view: of the record.
    """
    several = _of_one_data_set(sources)
    if not several:
        return
    # By series, period and status: what each file says. What a publisher derived is another figure than what was reported to it.
    said: dict[tuple[str, Period, Status], dict[str, list[Quantity]]] = defaultdict(lambda: defaultdict(list))
    for one in view.observations():
        for name in view.names(one.provenance.document_id):
            if name in several:
                said[one.series.id, one.period, one.status][name].append(one.quantity)
    differing: dict[tuple[str, str], int] = defaultdict(int)
    for by_name in said.values():
        names = sorted(by_name)
        for place, first in enumerate(names):
            for second in names[place + 1 :]:
                differing[first, second] += _disagree((*by_name[first], *by_name[second]))
    for (first, second), count in sorted(differing.items()):
        if count:
            entry = several[first]
            yield (
                first,
                f"says otherwise than {second} in {counted(count, 'figure')} of the two states, and there neither is taken; both are of "
                f"{entry.title}. If one is an older edition, take it out, or keep both under one name as "
                f"{entry.key}/EDITION/NAME in sources/, where the latest counts.",
            )


def _disagree(copies: Sequence[Quantity]) -> bool:
    """Whether figures of one thing differ by more than the digits that one file prints fewer of, as measures see it."""
    finest = min(copies, key=lambda one: one.resolution)
    return not all(finest.agrees_with(one) for one in copies)


def _of_one_data_set(sources: Mapping[str, Path]) -> dict[str, DataSource]:
    """Return the files of data sets of which there is more than one file, by name."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in sources.items():
        if path.suffix.lower() in _TABLES:
            with suppress(OSError, ComityError):
                layout = recognise(path)
                # A list without figures has nothing to contradict: the roll calls beside the table of their votes.
                if layout is not None and not layout.list_only:
                    found[layout.source].append(name)
    return {name: data_source(key) for key, names in found.items() if len(names) > 1 for name in names}
