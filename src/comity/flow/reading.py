"""One source through the rooms: file, document, events and statements, observations."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from comity import coding, documents, statistics
from comity.flow.datasets import read_data_set, title_of_data_set
from comity.flow.former import under_former
from comity.flow.leader_files import is_leader_file, read_leader_file
from comity.flow.sources import refuse_no_document
from comity.flow.wording import left_out
from comity.language import People
from comity.statistics import Orientation, TableMapping, TableProblem
from comity.terms import ComityError, Document, Dyad, Event, Observation, Statement, UnreadableSource

# Each of the processes that read keeps a core at work while documents are waited for; the largest document that is read
# takes some 1.5 GB of memory, which is what bounds them on a small machine.
_MOST_READERS, _MEMORY_OF_ONE = 8, 2 * 1024**3


class Fault(UnreadableSource):
    """A file that Comity itself failed on: a later build tries it again, for the file may be sound."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one source holds.

    Attributes:
        unread: the number of sentences in other languages, as `Coding.unread` has it.
        taken_for: what the whole file was taken for where it is neither prose nor tables ("REIGN leader list: ...").
    """

    document: Document
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    observations: tuple[Observation, ...] = ()
    mappings: tuple[TableMapping, ...] = ()
    problems: tuple[TableProblem, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()
    taken_for: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was not understood, in plain words: the reader's warnings and the tables' problems."""
        return self.document.warnings + tuple(_said(self.problems))

    @property
    def guesses(self) -> tuple[str, ...]:
        """How the file and each table was understood, with the name under which comity.toml can correct a table."""
        whole = (self.taken_for,) if self.taken_for else ()
        return whole + tuple(line for mapping in self.mappings for line in _understood(mapping, self.observations))


def read_source(
    path: Path,
    *,
    name: str = "",
    dyad: Dyad | None = None,
    mappings: Mapping[str, TableMapping] | None = None,
    leaders: People | None = None,
    recognise: bool = False,
    read: Callable[..., Document] = documents.read_apart,
    shelf: Path | None = None,
    beside: Iterable[Path] = (),
) -> Reading:
    """Read a file and take from it what the rooms find; a ComityError names the file and the remedy.

    A fault of our own while reading one file must not cost the others: it becomes an UnreadableSource too.

    Args:
        path: the file; a list of leaders is read as one, and as nothing else.
        name: what it is called in the record.
        dyad: the two states in view.
        mappings: corrections of guessed table mappings, by table.
        leaders: the leaders to know; None are those of the own list.
        recognise: whether pictures of pages are read by text recognition.
        read: what reads the document, called as `documents.read_apart` is.
        shelf: where published data sets are put as figure tables; None reads such a file as any other table.
        beside: the other sources, among which a table of votes finds its list of roll calls.
    """
    try:
        refuse_no_document(path, name or str(path))
        if is_leader_file(path):
            listed = read_leader_file(path, name or path.name)
            return Reading(listed.document, taken_for=listed.leaders.summary)
        if shelf is not None and dyad is not None and title_of_data_set(path):
            held, observations, taken_for = read_data_set(path, name or path.name, dyad, shelf, beside)
            return Reading(held, observations=observations, taken_for=taken_for)
        document = read(path, name=name or path.name, recognise=recognise)
        coded = coding.code(document, leaders=leaders)
        if coded.unread:
            document = replace(document, warnings=(*document.warnings, left_out(coded.unread)))
        events, statements = under_former(coded.events, coded.statements, dyad)
        tables = statistics.read_tables(document, dyad=dyad, mappings=mappings)
    except ComityError:
        raise
    except MemoryError as error:
        raise UnreadableSource(str(path), "does not fit into memory", remedy="Split the file.") from error
    except OSError as error:
        raise UnreadableSource(
            str(path), error.strerror or str(error), remedy="Check the file and its permissions."
        ) from error
    except Exception as error:
        raise Fault(
            str(path),
            f"could not be read because of a fault in Comity ({type(error).__name__}: {error})",
            remedy="Please report it; the other files are not affected.",
        ) from error
    return Reading(
        document,
        events,
        statements,
        tables.observations,
        tables.mappings,
        tables.problems,
        coded.unread,
    )


def readers(jobs: int | None = None) -> documents.Readers:
    """Return what reads documents ahead, in so many processes at most; by default in one a core, as memory allows."""
    from comity.flow.runner import cores

    return documents.Readers(jobs or min(_MOST_READERS, cores(), max(1, _memory() // _MEMORY_OF_ONE)))


def _memory() -> int:
    """The machine's memory, in bytes; where the system does not say, as much as is needed for all readers."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return _MOST_READERS * _MEMORY_OF_ONE


def _understood(mapping: TableMapping, observations: Iterable[Observation]) -> Iterator[str]:
    """Yield a line for each group of a table's figures that share sides, unit and the reason for it.

    It tells of the figures that came out; a table that gave none has a problem that says why.
    """
    basis = dict(mapping.basis)
    lines = {value.index: mapping.value(value.index) for value in mapping.values}
    groups: dict[tuple[str, str], list[str]] = {}
    for figure in observations:
        place, series, quantity = figure.provenance, figure.series, figure.quantity
        if place.table_id != mapping.table:
            continue
        index = place.row if mapping.orientation is Orientation.COLUMNS else place.column
        line = None if index is None else lines.get(index)
        scale = f" x {quantity.scale:,.0f}" if quantity.scale != 1 else ""
        inferred = ""
        if line is not None and line.remark:
            inferred = f"; the unit is inferred: {basis.get(f'{line.index}.unit', basis.get('unit', line.remark))}"
        sides = " with ".join(code for code in (series.reporter, series.partner) if code)
        sides = f"of {sides} in {quantity.unit}{scale}"
        indicators = groups.setdefault((sides, inferred), [])
        if series.indicator not in indicators:
            indicators.append(series.indicator)
    for (sides, inferred), indicators in groups.items():
        yield f"{_table(mapping.table)} read as {', '.join(indicators)} {sides}{inferred}"


def _table(table_id: str) -> str:
    """Return a table as its key in comity.toml names it: "table 1"."""
    return f"table {_number(table_id)}"


def _number(table_id: str) -> str:
    return table_id.rpartition("#")[2].removeprefix("t")


def _said(problems: Iterable[TableProblem]) -> Iterator[str]:
    """Yield the problems in words, each once: what holds of several tables alike is one line with their numbers."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for problem in problems:
        number = _number(problem.table_id)
        # The advice names the table by its key in comity.toml; but for that it is the same.
        remedy = problem.remedy.replace(f'."{number}"]', '."{}"]')
        numbers = alike.setdefault((problem.place, problem.message, remedy), [])
        if number not in numbers:
            numbers.append(number)
    for (place, message, remedy), numbers in alike.items():
        tables = f"table {numbers[0]}" if len(numbers) == 1 else f"tables {', '.join(numbers)}"
        stop = "" if message.endswith(".") else "."
        advice = remedy.replace('."{}"]', f'."{numbers[0]}"]')
        more = " Each table has its own number there." if len(numbers) > 1 and advice != remedy else ""
        yield f"{', '.join(part for part in (tables, place) if part)}: {message}{stop} {advice}{more}".strip()
