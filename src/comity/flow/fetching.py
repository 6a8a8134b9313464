"""The fetch: a published data set brought into sources/ from its publisher's service, checked, frozen and compared.

Nothing is fetched but by this step, and only the service of the source that was named is asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from comity.flow.downloading import Downloads, Limits, Validators
from comity.flow.fetch_settings import FetchSettings
from comity.flow.payloads import (
    Table,
    by_hand,
    key_columns,
)
from comity.flow.service_answers import Answers
from comity.flow.sources import name_of
from comity.flow.vintages import Changes, Vintage, changes_between, digest_of_file, freeze, vintages
from comity.flow.workspace import Workspace
from comity.statistics import Service, service, services
from comity.terms import FetchError, WorkspaceError

_PLAIN = {"sdmx-csv": ".csv", "sdmx-json": ".csv", "json-pages": ".csv"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a fetch.

    Attributes:
        source: the source's key.
        outcome: "fetched" for a first vintage, "new vintage", or "unchanged".
        name: of the file in sources/, of the one that is there already where nothing has changed.
        changes: what the new vintage has otherwise than the one before; None for a first one.
        remarks: sentences for people.
    """

    source: str
    outcome: str
    name: str
    vintage: str
    url: str
    bytes: int
    rows: int
    digest: str
    licence: str
    changes: Changes | None = None
    remarks: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-ready values."""
        names = ("source", "outcome", "name", "vintage", "url", "bytes", "rows", "digest", "licence")
        changes = None if self.changes is None else self.changes.as_dict()
        return {name: getattr(self, name) for name in names} | {"changes": changes, "remarks": [*self.remarks]}


def fetch(
    workspace: Workspace,
    source: str,
    *,
    start: int | None = None,
    end: int | None = None,
    all_pairs: bool = False,
    first_wait: float = 1.0,
    on_bytes: Callable[[int, int | None], None] = lambda done, of: None,
    tell: Callable[[str], None] = lambda words: None,
) -> Fetched:
    """Bring a source's data about the workspace's dyad into sources/SOURCE/VINTAGE/, and say what is new in them.

    Asked for are both directions and, where the service has them, each state's totals with the world. What is there
    already stays as it is; an answer with the same content adds nothing.

    Args:
        workspace: whose dyad is asked for, and into whose sources the file goes.
        source: the source's key.
        start: the first year; as far back as the service goes where None, if it allows that.
        end: the last year; this one where None.
        all_pairs: ask for all pairs of states instead.
        first_wait: seconds before a second attempt.
        on_bytes: called with the bytes of an answer so far, and with those of the whole where that is known.
        tell: called with a line of words when something is waited for.

    Raises:
        InvalidTerm: there is no such source.
        WorkspaceError: years or pairs are asked for that the service does not choose.
        FetchError: the service cannot be reached, or what it gave cannot be accepted; nothing was added. What came of
            an answer is kept, and the next fetch goes on from there.
    """
    wanted = service(source)
    if not wanted.kind:
        raise FetchError(f"{source} has no service that Comity uses.", remedy=by_hand(wanted))
    settings = workspace.fetching.get(source, FetchSettings())
    years = _years(wanted, start, end)
    if all_pairs and wanted.every is None:
        raise WorkspaceError(
            f"{source} cannot be fetched for all pairs."
            if wanted.pairs
            else f"{source} is one file of all states; there is nothing to choose.",
            remedy="Leave --all-pairs out.",
        )
    key = _key(wanted, settings)
    with _alone(workspace.underway / source) as folder:
        fetching = _Fetch(workspace, wanted, settings, key, folder, first_wait, on_bytes, tell)
        try:
            return fetching.run(years, all_pairs, _file_name(workspace, wanted, start, end, all_pairs))
        except FetchError as error:
            if wanted.by_hand in error.remedy:
                raise
            raise FetchError(error.message, remedy=f"{error.remedy} {by_hand(wanted)}".strip()) from error
        finally:
            _tidy(folder)


def sources_to_fetch() -> list[dict[str, str]]:
    """Return for every source its key, title, licence, whether it can be fetched ("yes", "no") and how to get it by hand."""
    return [
        {
            "source": one.source,
            "title": one.title,
            "licence": one.licence,
            "fetch": "yes" if one.kind else "no",
            "key": one.key_variable,
            "by_hand": one.by_hand,
        }
        for one in services().values()
    ]


class _Fetch:
    """One run: what is asked for, what is new in it, and the file that is kept."""

    def __init__(
        self,
        workspace: Workspace,
        wanted: Service,
        settings: FetchSettings,
        key: str,
        folder: Path,
        first_wait: float,
        on_bytes: Callable[[int, int | None], None],
        tell: Callable[[str], None],
    ) -> None:
        self.workspace = workspace
        self.wanted = wanted
        self.settings = settings
        self.with_key = bool(key)
        self.folder = folder
        address = settings.address(wanted.url)
        # A service that stands in for the publisher's may redirect to itself alone.
        hosts = {urlsplit(address).netloc} | (set() if settings.url else set(wanted.hosts))
        rate = wanted.rate if settings.rate is None else settings.rate
        ends = monotonic() + settings.time_limit
        limits = Limits(settings.timeout, ends, wanted.largest, rate, first_wait=first_wait)
        header = (wanted.key_header, key) if key else None
        downloads = Downloads(address, limits, hosts=hosts, key=header, on_bytes=on_bytes, tell=tell)
        self.answers = Answers(wanted, settings, workspace.dyad, folder, downloads, limits, self.with_key, tell)

    def run(self, years: tuple[int, int], all_pairs: bool, name: str) -> Fetched:
        """Ask, check, and keep what is new."""
        kept = vintages(self.workspace.sources, self.wanted.source, name)
        last = kept[0] if kept else None
        questions = list(
            self.wanted.questions(
                self.workspace.dyad.first,
                self.workspace.dyad.second,
                start=years[0],
                end=years[1],
                all_pairs=all_pairs,
                with_key=self.with_key,
                codes=self.answers.codes(),
            )
        )
        urls = [self.settings.address(question.url) for question in questions]
        made = self.folder / name
        if self.wanted.kind in ("json-pages", "sdmx-json"):
            table = self.answers.records(urls, made)
        else:
            (url,) = urls
            known = _known(last, url)
            table_or_none = self.answers.single(url, made, known)
            if table_or_none is None:
                assert last is not None
                return self._unchanged(last, "the service says that nothing has changed since")
            table = table_or_none
        digest = digest_of_file(made)
        # What an older vintage had, and the last had not, is news: the publisher took something back.
        if last is not None and last.note.get("digest") == digest and last.is_whole:
            return self._unchanged(last, "the same bytes came again")
        changes = self._changes(last, made, table)
        if last is not None and changes is not None and changes.is_none and last.is_whole:
            return self._unchanged(last, "the same rows came again, in another order or writing")
        return self._keep(made, name, table, digest, changes, last)

    def _changes(self, last: Vintage | None, made: Path, table: Table) -> Changes | None:
        if last is None:
            return None
        keys = key_columns(table.headers, self.wanted)
        return changes_between(
            last.path, made, table, since=last.path.parent.name, keys=keys, values=self.wanted.values
        )

    def _unchanged(self, there: Vintage, why: str) -> Fetched:
        note = there.note
        return Fetched(
            self.wanted.source,
            "unchanged",
            name_of(self.workspace, there.path),
            there.path.parent.name,
            str(note.get("url", "")),
            there.path.stat().st_size,
            int(note.get("rows", 0)),
            str(note.get("digest", "")),
            self.wanted.licence,
            None,
            (f"Nothing was added: {why} (vintage {there.path.parent.name}).",),
        )

    def _keep(
        self, made: Path, name: str, table: Table, digest: str, changes: Changes | None, last: Vintage | None
    ) -> Fetched:
        now = datetime.now(UTC)
        size = made.stat().st_size
        first = self.answers.requests[0]
        note = {
            "source": self.wanted.source,
            "title": self.wanted.title,
            "url": first["url"],
            "retrieved": now.isoformat(timespec="microseconds"),
            "etag": first["etag"] if len(self.answers.requests) == 1 else "",
            "modified": first["modified"] if len(self.answers.requests) == 1 else "",
            "digest": digest,
            "bytes": size,
            "rows": table.rows,
            "service": urlsplit(first["url"]).netloc,
            "licence": self.wanted.licence,
            "request": {
                "dyad": [self.workspace.dyad.first, self.workspace.dyad.second],
                "answers": self.answers.requests,
            },
            "changes": None if changes is None else changes.as_dict(),
        }
        place = freeze(made, self.workspace.sources, self.wanted.source, self._vintage(now), name, note)
        remarks = []
        if last is not None and not last.is_whole:
            remarks.append(
                f"{name_of(self.workspace, last.path)} is not as it was fetched: somebody changed it. It was left as it is."
            )
        return Fetched(
            self.wanted.source,
            "fetched" if last is None else "new vintage",
            name_of(self.workspace, place),
            place.parent.name,
            first["url"],
            size,
            table.rows,
            digest,
            self.wanted.licence,
            changes,
            tuple(remarks),
        )

    def _vintage(self, now: datetime) -> str:
        """Return the day of the publisher's last change, of the extraction, or today."""
        day = self.answers.extracted[:10]
        with suppress(ValueError):
            return datetime.strptime(day, "%Y-%m-%d").date().isoformat()
        modified = self.answers.requests[0]["modified"] if len(self.answers.requests) == 1 else ""
        with suppress(ValueError, TypeError):
            return parsedate_to_datetime(modified).date().isoformat()
        return now.date().isoformat()


def _years(wanted: Service, start: int | None, end: int | None) -> tuple[int, int]:
    """Return the years to ask for.

    Raises:
        WorkspaceError: they cannot be chosen, must be named, or are no span.
    """
    this_year = datetime.now(UTC).year
    if not wanted.years:
        if start is not None or end is not None:
            raise WorkspaceError(
                f"{wanted.source} is one file of all years; there is nothing to choose.",
                remedy="Leave --from and --to out.",
            )
        return 0, 0
    if wanted.years == "each" and (start is None or end is None):
        raise WorkspaceError(
            f"{wanted.source} is asked a year at a time; the years must be named.",
            remedy=f"For example: comity fetch {wanted.source} --from {this_year - 11} --to {this_year - 1}",
        )
    begin = wanted.first if start is None else start
    until = this_year if end is None else end
    if begin > until or until > this_year + 1 or begin < 1800:
        raise WorkspaceError(f"{begin} to {until} is no span of years that there are figures for.")
    return begin, until


def _key(wanted: Service, settings: FetchSettings) -> str:
    # A key meant for the publisher is not shown to whoever stands in for it, unless the workspace says so.
    variable = settings.key_variable or ("" if settings.url else wanted.key_variable)
    key = os.environ.get(variable, "").strip() if variable else ""
    if settings.key_variable and not key:
        raise WorkspaceError(
            f"the environment variable {variable} holds no key; set it, or take key_variable out of comity.toml."
        )
    if not (key.isascii() and key.isprintable()):
        raise WorkspaceError(f"the environment variable {variable} holds no usable key.")
    return key if wanted.key_header else ""


def _file_name(workspace: Workspace, wanted: Service, start: int | None, end: int | None, all_pairs: bool) -> str:
    """Return the file's name, which is the same for the same request: what of it was chosen stands in it."""
    if wanted.kind == "file":
        return wanted.file_name
    parts = [wanted.source, "all-pairs" if all_pairs else f"{workspace.dyad.first}-{workspace.dyad.second}"]
    if start is not None or end is not None:
        parts.append(f"{start or ''}-{end or ''}")
    return "_".join(parts) + _PLAIN[wanted.kind]


def _known(last: Vintage | None, url: str) -> Validators | None:
    """Return the validators of the file that is there, if it came from the same address and is whole."""
    if last is None or last.note.get("url") != url or not last.is_whole:
        return None
    found = Validators(str(last.note.get("etag", "")), str(last.note.get("modified", "")))
    return found if found.etag or found.modified else None


def _tidy(folder: Path) -> None:
    """Take away what a fetch made on its way; a half answer, with which the next one goes on, stays."""
    for path in folder.iterdir():
        if path.is_file() and path.name != "lock" and not path.name.endswith((".part", ".part.json")):
            path.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Hold the folder of half answers: two fetches of one source would write into each other's."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("a")
    except OSError as error:
        raise FetchError(
            f"{folder} cannot be written: {error.strerror}.", remedy="Make room, or see to the permissions."
        ) from error
    with handle:
        try:
            import fcntl
        except ImportError:  # Windows lets nobody replace a file that another holds open, which is enough
            yield folder
            return
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FetchError(
                f"another fetch of {folder.name} is at work here.", remedy="Wait until it is done."
            ) from error
        yield folder
