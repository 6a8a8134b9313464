"""Event coding of files, outside any workspace: documents of any readable kind, or JSONL and Parquet of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comity.coding import Coding, code_text, code_texts
from comity.flow.texts import Text, is_texts, texts_of
from comity.flow.wording import left_out
from comity.language import People
from comity.record import event_line, statement_line
from comity.terms import ComityError

# Texts that go to the coder together, and the characters after which a batch is full before that.
_BATCH = 256
_BATCH_CHARACTERS = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CodedSource:
    """What was coded from one document or one line: dictionaries of the documented line format.

    `unread` counts the sentences that were left out, by their language (see `Coding.unread`); `warnings` are what else could
    not be read of a document.
    """

    source: str
    events: tuple[dict[str, Any], ...] = ()
    statements: tuple[dict[str, Any], ...] = ()
    error: ComityError | None = None
    unread: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()


def code_files(paths: list[Path], *, leaders: People | None = None) -> Iterator[CodedSource]:
    """Yield what each document, line or row holds, in order; what cannot be read is yielded with its error.

    Files of any size go through in batches of texts: memory does not grow with them. `leaders` are those to know; None are
    those of the own list.
    """
    for path in paths:
        if is_texts(path):
            try:
                yield from code_texts_of(texts_of(path), leaders=leaders)
            except ComityError as error:
                yield CodedSource(str(path), error=error)
        else:
            yield code_document(path, leaders=leaders)


def code_document(path: Path, *, leaders: People | None = None) -> CodedSource:
    """Return what one document holds, or its error."""
    from comity.flow.reading import read_source

    try:
        reading = read_source(path, leaders=leaders)
    except ComityError as error:
        return CodedSource(str(path), error=error)
    coded = _lines(str(path), Coding(reading.events, reading.statements, reading.unread))
    # Sentences in other languages are told of all sources together.
    told = left_out(reading.unread)
    return replace(coded, warnings=tuple(each for each in reading.document.warnings if each != told))


def code_texts_of(texts: Iterable[Text | ComityError], *, leaders: People | None = None) -> Iterator[CodedSource]:
    """Yield what each text holds, in order; what stands in a text's place because it cannot be read is passed on."""
    batch: list[Text | ComityError] = []
    characters = 0
    for text in texts:
        batch.append(text)
        characters += len(text.text) if isinstance(text, Text) else 0
        if len(batch) >= _BATCH or characters >= _BATCH_CHARACTERS:
            yield from _coded(batch, leaders)
            batch, characters = [], 0
    yield from _coded(batch, leaders)


def _coded(batch: Sequence[Text | ComityError], leaders: People | None) -> Iterator[CodedSource]:
    codings = iter(_code([text for text in batch if isinstance(text, Text)], leaders))
    for text in batch:
        if not isinstance(text, Text):
            yield CodedSource(str(getattr(text, "path", "")), error=text)
            continue
        coding = next(codings)
        if isinstance(coding, ComityError):
            yield CodedSource(text.id, error=coding)
        else:
            yield _lines(text.id, coding)


def _code(texts: Sequence[Text], leaders: People | None) -> Iterator[Coding | ComityError]:
    """Yield each text's coding: the one place where a batch meets the coder. A fault of ours costs one text."""
    try:
        yield from list(code_texts(((text.id, text.text, text.published) for text in texts), leaders=leaders))
    except Exception:
        yield from (_code_alone(text, leaders) for text in texts)


def _code_alone(text: Text, leaders: People | None) -> Coding | ComityError:
    try:
        return code_text(text.text, source_id=text.id, published=text.published, leaders=leaders)
    except Exception as error:
        from comity.flow.reading import Fault

        return Fault(
            text.file,
            f"could not be coded because of a fault in Comity ({type(error).__name__}: {error})",
            place=text.place,
            remedy="Please report it; the other texts are not affected.",
        )


def _lines(source: str, coding: Coding) -> CodedSource:
    return CodedSource(
        source,
        tuple(event_line(event) for event in coding.events),
        tuple(statement_line(statement) for statement in coding.statements),
        unread=coding.unread,
    )
