"""What a service sent, held against what it should be, before it may enter sources/.

A web page, an error in XML or JSON, an answer cut short and a changed schema all come with a good status now and then.
Answers in JSON become tables: a row a record, a column an item, every figure with the digits that the service wrote.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from comity.statistics import Service
from comity.terms import FetchError

_START = 4096
_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*(<!doctype\s+html|<html|<head|<body)", re.I | re.S)
_MARKUP = re.compile(rb"\s*<(\?xml|[a-z]+:?[a-z]*)", re.I)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.I | re.S)
# Where XML messages of SDMX services and of the World Bank say what is wrong.
_XML_WORDS = re.compile(rb"<(?:\w+:)?(?:Text|message|Message|faultstring|title|h1)\b[^>]*>([^<]{1,500})<", re.S)
_JSON_WORDS = ("detail", "details", "message", "title", "error", "errorMessage", "value", "errors")
_DEEPEST = 6
# Beside its dimensions an SDMX table names its structure, and what the row is for.
_OF_STRUCTURE = frozenset({"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_CODE"})
_SDMX_NAME = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Table:
    """The headers of a table of delimited text, how it is written, and how many rows it has."""

    headers: tuple[str, ...]
    separator: str
    encoding: str
    rows: int


class Cut(FetchError):
    """An answer ends before its end."""


def words_of_error(content: bytes) -> str:
    """Return what an error message in XML, JSON, HTML or plain text says, as one line; "" where it says nothing."""
    start = content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:1] in (b"{", b"["):
        try:
            return _words_in(json.loads(content))
        except (ValueError, RecursionError):
            return ""
    if start[:1] == b"<":
        found = _TITLE.findall(start) if _PAGE.match(start) else _XML_WORDS.findall(content[:20_000])
        return " ".join(dict.fromkeys(" ".join(each.decode("utf-8", "replace").split()) for each in found))
    return " ".join(start.decode("utf-8", "replace").split())


def _words_in(value: object, deep: int = 0) -> str:
    """Return the words of a message in JSON: those of the items that services put them in."""
    if isinstance(value, str):
        return " ".join(value.split())
    if deep > _DEEPEST:
        return ""
    if isinstance(value, list):
        found = [_words_in(one, deep + 1) for one in value[:5]]
    elif isinstance(value, dict):
        found = [_words_in(value[name], deep + 1) for name in _JSON_WORDS if value.get(name)]
    else:
        return ""
    return "; ".join(dict.fromkeys(one for one in found if one))


def refuse_message(path: Path, service: Service) -> None:
    """Raise FetchError where the answer is nothing, a web page, or a message in XML or JSON instead of data."""
    with path.open("rb") as stream:
        start = stream.read(_START).removeprefix(b"\xef\xbb\xbf")
    if not start.strip():
        raise FetchError(f"{service.source}: the answer is empty.", remedy=by_hand(service))
    if start.startswith(b"\x1f\x8b"):
        raise FetchError(
            f"{service.source}: the answer is packed by gzip and does not say so; nothing was added.",
            remedy=by_hand(service),
        )
    if _PAGE.match(start):
        words = words_of_error(start)
        titled = f' titled "{words[:100]}"' if words else ""
        raise FetchError(
            f"{service.source}: a web page{titled} came instead of data; it may ask to log in, or say that the service is "
            "closed.",
            remedy=by_hand(service),
        )
    wanted_json = service.kind in ("json-pages", "sdmx-json")
    if _MARKUP.match(start) or (start.lstrip()[:1] in (b"{", b"[") and not wanted_json):
        words = words_of_error(path.read_bytes()[:1_000_000])
        raise FetchError(
            f"{service.source}: a message came instead of data" + (f": {words[:300]}." if words else "."),
            remedy=by_hand(service),
        )


def checked_table(path: Path, service: Service, *, sure: bool) -> Table:
    """Return what a table of delimited text is like.

    Args:
        path: of the table.
        service: whose it is.
        sure: whether it is known to have come whole; else its last line must be ended.

    Raises:
        Cut: it ends before its end.
        FetchError: it is no table, has other headers than the source's, or a row that does not fit them.
    """
    encoding = _encoding(path)
    rows = 0
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=service.separator)
        try:
            headers = tuple(header.strip() for header in next(reader, []))
            refuse_other_headers(headers, service)
            waiting: tuple[int, int] | None = None
            for row in reader:
                if not row:
                    continue
                rows += 1
                if waiting is not None:
                    raise FetchError(
                        f"{service.source}: line {waiting[0]:,} of the answer has {waiting[1]} columns, and the first has "
                        f"{len(headers)}.",
                        remedy=by_hand(service),
                    )
                if len(row) != len(headers):
                    waiting = (reader.line_num, len(row))
        except csv.Error as error:
            raise FetchError(
                f"{service.source}: line {reader.line_num:,} of the answer cannot be read ({error}).",
                remedy=by_hand(service),
            ) from error
    if waiting is not None:
        raise Cut(
            f"{service.source}: the answer was cut: its last row has {waiting[1]} columns of {len(headers)}.",
            remedy="Run the same command again.",
        )
    if not rows:
        raise FetchError(
            f"{service.source}: the answer has headers and no rows: no figures for these states and years.",
            remedy=by_hand(service),
        )
    if not sure and not _line_is_ended(path):
        raise Cut(
            f"{service.source}: the answer may have been cut: it came without its length, and its last line has no end.",
            remedy="Run the same command again.",
        )
    return Table(headers, service.separator, encoding, rows)


def refuse_other_headers(headers: Sequence[str], service: Service) -> None:
    """Raise FetchError where headers of the source are missing; what is expected and what came are said."""
    twice = [header for header in service.headers if list(headers).count(header) > 1]
    if twice:
        raise FetchError(
            f"{service.source}: the service has changed what it gives: {', '.join(twice)} stands over two columns.",
            remedy=by_hand(service),
        )
    lacking = [header for header in service.headers if header not in headers]
    if lacking:
        came = ", ".join(_shown(header) for header in headers[:40]) or "none"
        raise FetchError(
            f"{service.source}: the service has changed what it gives: {', '.join(lacking)} "
            f"{'is' if len(lacking) == 1 else 'are'} not among the columns. "
            f"Expected were {', '.join(service.headers)}; there came {came}.",
            remedy="Nothing was added. Look whether a newer Comity knows the new form; " + by_hand(service),
        )


def key_columns(headers: Sequence[str], service: Service) -> tuple[str, ...]:
    """Return the columns that tell one row from another: those declared, or the dimensions of SDMX.

    SDMX-CSV puts the dimensions before the figure and the attributes behind it (SDMX-CSV field guide, columns).
    """
    if service.keys:
        return tuple(header for header in headers if header in service.keys)
    before = headers[: headers.index("OBS_VALUE")] if "OBS_VALUE" in headers else headers
    keys = [header for header in before if _SDMX_NAME.fullmatch(header) and header not in _OF_STRUCTURE]
    return tuple(keys)


def read_json(path: Path, service: Service) -> Any:
    """Return the value of a JSON answer, every number as the text that stands there.

    Raises:
        Cut: it ends before its end.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Cut(
            f"{service.source}: the answer is no whole JSON ({error}).", remedy="Run the same command again."
        ) from error


def at(value: Any, place: Iterable[str | int]) -> Any:
    """Return what stands at a place in a JSON value; None where there is nothing."""
    for step in place:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value


def records_of(value: Any, service: Service) -> list[dict[str, str]]:
    """Return the records of one answer in JSON, nested items under names such as "country.id".

    Raises:
        FetchError: there are none where they should stand; what the service says is said.
    """
    if service.kind == "sdmx-json":
        return list(_observations(value, service))
    said = at(value, service.error) if service.error else None
    rows = at(value, service.rows)
    if rows is None and not said and service.total and at(value, service.total) == "0":
        return []  # the World Bank's way to say that there is nothing
    if said or not isinstance(rows, list):
        words = _words_in(said) or _words_in(value)
        raise FetchError(
            f"{service.source}: a message came instead of data" + (f": {words[:300]}." if words else "."),
            remedy=by_hand(service),
        )
    if not all(isinstance(row, dict) for row in rows):
        raise FetchError(f"{service.source}: the rows of the answer are no records.", remedy=by_hand(service))
    return [dict(_flat(row)) for row in rows]


def _flat(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, dict) and before.count(".") < _DEEPEST:
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, str):
            yield f"{before}{name}", value
        else:
            yield f"{before}{name}", "" if value is None else json.dumps(value, ensure_ascii=False)


def _observations(value: Any, service: Service) -> Iterator[dict[str, str]]:
    """Yield the observations of SDMX-JSON 1.0, with or without the envelope "data", in series or flat."""
    data = at(value, ["data"]) or value
    structure = at(data, ["structure"]) or at(data, ["structures", 0])
    sets = at(data, ["dataSets"])
    dimensions = at(structure, ["dimensions"])
    if not isinstance(sets, list) or not isinstance(dimensions, dict):
        words = _words_in(value)
        raise FetchError(
            f"{service.source}: a message came instead of data" + (f": {words[:300]}." if words else "."),
            remedy=by_hand(service),
        )
    try:
        of_series, of_observation = dimensions.get("series", []), dimensions["observation"]
        for one, name in product(sets, ("series", "observations")):
            found = one.get(name, {})
            series = found.items() if name == "series" else [("", {"observations": found})]
            for key, content in series:
                fixed = _codes(key, of_series) if key else {}
                for place, values in content["observations"].items():
                    figure = values[0] if isinstance(values, list) else values
                    yield fixed | _codes(place, of_observation) | {"OBS_VALUE": "" if figure is None else str(figure)}
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise FetchError(
            f"{service.source}: the answer is no SDMX-JSON that can be followed.", remedy=by_hand(service)
        ) from error


def _codes(key: str, dimensions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    places = [int(part) for part in key.split(":")]
    if min(places) < 0:  # to Python a place from the end
        raise ValueError(key)
    return {one["id"]: str(one["values"][place]["id"]) for one, place in zip(dimensions, places, strict=True)}


def table_of(records: Sequence[Mapping[str, str]]) -> bytes:
    """Return records as CSV: a column for each item that any of them has, in the order in which they come."""
    headers = list(dict.fromkeys(name for record in records for name in record))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headers, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()


def _encoding(path: Path) -> str:
    """Return "utf-8-sig", or "latin-1" for a file that is no UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while piece := stream.read(1_000_000):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig"


def _line_is_ended(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, io.SEEK_END)
        return stream.read(1) in (b"\n", b"\r")


def _shown(header: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in header)[:60]


def by_hand(service: Service) -> str:
    """Return what to do where the service does not help."""
    return f"By hand: {service.by_hand} Then run: comity add FILE, which recognises it."
