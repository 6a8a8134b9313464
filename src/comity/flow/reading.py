"""One source through the rooms: file, document, events and statements, observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from comity import coding, documents, statistics
from comity.statistics import TableMapping, TableProblem
from comity.terms import ComityError, Document, Dyad, Event, Observation, Statement, UnreadableSource


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one source holds."""

    document: Document
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    observations: tuple[Observation, ...] = ()
    mappings: tuple[TableMapping, ...] = ()
    problems: tuple[TableProblem, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was not understood, in plain words: the reader's warnings and the tables' problems."""
        return self.document.warnings + tuple(_words(problem) for problem in self.problems)

    @property
    def guesses(self) -> tuple[str, ...]:
        """How each table was understood, item by item with the words it was guessed from."""
        return tuple(
            f"{mapping.table}: " + "; ".join(f"{item} from {words}" for item, words in mapping.basis)
            for mapping in self.mappings
            if mapping.basis
        )


def read_source(
    path: Path, *, name: str = "", dyad: Dyad | None = None, mappings: Mapping[str, TableMapping] | None = None
) -> Reading:
    """Read a file and take from it what the rooms find; a ComityError names the file and the remedy.

    A fault of our own while reading one file must not cost the others: it becomes an UnreadableSource too.
    """
    try:
        document = documents.read(path, name=name or path.name)
        coded = coding.code(document)
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
        raise UnreadableSource(
            str(path),
            f"could not be read because of a fault in Comity ({type(error).__name__}: {error})",
            remedy="Please report it; the other files are not affected.",
        ) from error
    return Reading(document, coded.events, coded.statements, tables.observations, tables.mappings, tables.problems)


def _words(problem: TableProblem) -> str:
    place = ", ".join(part for part in (problem.table_id, problem.place) if part)
    return f"{place}: {problem.message} {problem.remedy}".strip()
