"""Fetches of a workspace for France and India from a server on this machine, and what is then in its sources."""

from __future__ import annotations

import json
from typing import Any

from comity.flow import Fetched, Workspace, fetch
from tests.flow.data_server import DataServer, imts

FRA_IND = imts(
    [
        ("FRA", "XG_FOB_USD", "IND", "2015", "3100000001"),
        ("FRA", "XG_FOB_USD", "IND", "2016", "4050000000.25"),
        ("FRA", "XG_FOB_USD", "G001", "2016", "501000000000"),
        ("IND", "MG_CIF_USD", "FRA", "2016", "3950000000"),
        ("IND", "MG_CIF_USD", "FRA", "2017", ""),
    ]
)
REIGN = "ccode,leadid,leader,sdate,smonth,syear,emonth,eyear\n" + "".join(
    f"{code},A{code},Leader of {code},1,2,{1990 + code % 30},3,{1995 + code % 30}\n" for code in range(2, 400)
)


def served_by(place: Workspace, data: DataServer, source: str = "imf-imts", **settings: Any) -> Workspace:
    """The workspace with the server in place of the source's service; it may be asked as often as one likes."""
    limits = {"rate": 60_000} | settings
    lines = [f'dyad = ["{place.dyad.first}", "{place.dyad.second}"]', f"[fetch.{source}]", f'url = "{data.url}"']
    lines += [f"{key} = {json.dumps(value)}" for key, value in limits.items()]
    (place.root / "comity.toml").write_text("\n".join(lines), encoding="utf-8")
    return Workspace.load(place.root)


def fetched_from(place: Workspace, data: DataServer, source: str = "imf-imts", **options: Any) -> Fetched:
    """What comes of a fetch with short waits."""
    limits = {key: options.pop(key) for key in ("timeout", "time_limit", "key_variable", "rate") if key in options}
    return fetch(served_by(place, data, source, **limits), source, first_wait=0.01, **options)


def note_of(place: Workspace, fetched: Fetched) -> dict[str, Any]:
    """What stands in the note beside a fetched file."""
    found: dict[str, Any] = json.loads((place.sources / f"{fetched.name}.source.json").read_text(encoding="utf-8"))
    return found


def held(place: Workspace) -> list[str]:
    """The files in sources/."""
    return sorted(path.relative_to(place.sources).as_posix() for path in place.sources.rglob("*") if path.is_file())
