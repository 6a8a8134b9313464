"""The answers of a publisher's service: asked for again where they are cut, page by page, and laid out as one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from comity.flow.downloading import Arrived, Downloads, Limits, NothingThere, Validators
from comity.flow.fetch_settings import FetchSettings
from comity.flow.payloads import Cut, Table, at, by_hand, checked_table, read_json, records_of, refuse_message, table_of
from comity.flow.published_zips import unpack_member
from comity.flow.wording import counted
from comity.statistics import Service
from comity.terms import Dyad, FetchError

_CUTS = 3  # so often an answer that was cut is asked for again
_MOST_PAGES = 10_000


class Answers:
    """What one fetch asks of a service, and what came.

    Attributes:
        requests: address and validators of each answer that was taken, in order.
        extracted: when the service says that it drew its data; "" where it does not.
    """

    def __init__(
        self,
        wanted: Service,
        settings: FetchSettings,
        dyad: Dyad,
        folder: Path,
        downloads: Downloads,
        limits: Limits,
        with_key: bool,
        tell: Callable[[str], None],
    ) -> None:
        self._wanted = wanted
        self._settings = settings
        self._dyad = dyad
        self._folder = folder
        self._downloads = downloads
        self._limits = limits
        self._with_key = with_key
        self._tell = tell
        self.requests: list[dict[str, str]] = []
        self.extracted = ""

    def codes(self) -> dict[str, dict[str, str]] | None:
        """Return the service's own codes of the two states, where it has a list of them."""
        if not self._wanted.codes:
            return None
        found: dict[str, dict[str, str]] = {}
        for side, one in self._wanted.codes.items():
            target = self._folder / f"codes-{side}.json"
            asked = replace(self._wanted, rows=one.rows, error=())

            def listed(url: str = one.url, target: Path = target, asked: Service = asked) -> list[dict[str, str]]:
                arrived = self._downloads.get(self._settings.address(url), target, accept="application/json")
                assert arrived is not None
                refuse_message(target, asked)
                return records_of(read_json(target, asked), asked)

            rows = self._whole(listed)
            target.unlink()
            found[side] = {}
            for state in (self._dyad.first, self._dyad.second):
                # A state whose borders changed has several codes in such lists; each is asked for.
                codes = list(dict.fromkeys(row[one.code] for row in rows if row.get(one.alpha3) == state))
                if not codes or not all(code.isdigit() for code in codes):
                    raise FetchError(
                        f"{self._wanted.source}: the service's list of codes has none for {state} as a {side}.",
                        remedy=by_hand(self._wanted),
                    )
                found[side][state] = self._wanted.joint.join(codes)
        return found

    def _whole(self, work: Callable[[], Any]) -> Any:
        """Do the work again where an answer turns out to be cut, a few times."""
        wait = self._limits.first_wait
        for attempt in range(1, _CUTS + 1):
            try:
                return work()
            except Cut as error:
                if attempt == _CUTS or monotonic() + wait >= self._limits.ends:
                    raise
                self._tell(f"{error.message} Asking again.")
                sleep(wait)
                wait *= 2
        raise AssertionError("not reached")

    def single(self, url: str, made: Path, known: Validators | None) -> Table | None:
        """Bring one answer, a table or a zip with one, into `made`, again where it was cut; None where it is the one known."""
        found: Table | None = self._whole(lambda: self._single(url, made, known))
        return found

    def _single(self, url: str, made: Path, known: Validators | None) -> Table | None:
        """Bring one answer, a table or a zip with one, into `made`; None where it is the one known."""
        zipped = bool(self._wanted.member)
        target = made.with_name(f"{made.name}.zip") if zipped else made
        # A published file can be continued where it broke off; what is packed on its way seldom can.
        packed = self._wanted.kind != "file"
        arrived = self._downloads.get(url, target, accept=self._wanted.accept, packed=packed, known=known)
        if arrived is None:
            return None
        if zipped:
            unpack_member(target, made, self._wanted)
            target.unlink()
        refuse_message(made, self._wanted)
        table = checked_table(made, self._wanted, sure=arrived.sure or zipped)
        self._asked(url, arrived)
        return table

    def records(self, urls: list[str], made: Path) -> Table:
        """Bring answers in JSON, page by page, and lay their records out as one table."""
        records: list[dict[str, str]] = []
        absent: NothingThere | None = None
        for url in urls:
            try:
                records += self._whole(partial(self._pages, url))
            except NothingThere as error:
                absent = error  # one direction or year without figures is no reason to lose the others
        if not records:
            if absent is not None:
                raise absent
            raise NothingThere(f"{self._wanted.source} has no figures for these states and years.")
        made.write_bytes(table_of(records))
        return checked_table(made, self._wanted, sure=True)

    def _pages(self, url: str) -> list[dict[str, str]]:
        records: list[dict[str, str]] = []
        asked: list[tuple[str, Arrived]] = []
        page, pages, total = 1, 1, None
        while page <= pages:
            address = url.replace("{page}", str(page))
            target = self._folder / "page.json"
            arrived = self._downloads.get(address, target, accept="application/json")
            assert arrived is not None
            refuse_message(target, self._wanted)
            answer = read_json(target, self._wanted)
            asked.append((address, arrived))
            found = records_of(answer, self._wanted)
            target.unlink()
            pages = min(_number(at(answer, self._wanted.pages)) or 1, _MOST_PAGES) if self._wanted.pages else 1
            stated = _number(at(answer, self._wanted.total)) if self._wanted.total else None
            if self._wanted.total and stated is None:
                raise FetchError(
                    f"{self._wanted.source}: the service has changed what it gives: it does not say how many rows there are.",
                    remedy=by_hand(self._wanted),
                )
            if page > 1 and stated != total:
                raise Cut(
                    f"{self._wanted.source}: the data were changed while their pages were read.",
                    remedy="Run the same command again.",
                )
            total = stated
            self.extracted = str(at(answer, self._wanted.extracted) or "") if self._wanted.extracted else ""
            records += found
            page += 1
        cap = self._wanted.cap_with_key if self._with_key else self._wanted.cap
        if cap and len(records) >= cap:
            raise FetchError(
                f"{self._wanted.source}: the service cuts its answers at {cap:,} rows, and so many came: some are missing.",
                remedy="Ask for less"
                + (f", or set a key in the variable {self._wanted.key_variable}." if not self._with_key else "."),
            )
        if total is not None and total != len(records):
            raise Cut(
                f"{self._wanted.source}: the service speaks of {counted(total, 'row')}, and {len(records):,} came.",
                remedy="Run the same command again.",
            )
        for address, arrived in asked:
            self._asked(address, arrived)
        return records

    def _asked(self, url: str, arrived: Arrived) -> None:
        self.requests.append({"url": url, "etag": arrived.validators.etag, "modified": arrived.validators.modified})


def _number(value: object) -> int | None:
    return int(str(value)) if str(value).isdecimal() else None
