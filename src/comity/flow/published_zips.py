"""Files taken out of the zips in which publishers put them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from comity.flow.payloads import Cut, by_hand, refuse_message
from comity.statistics import Service
from comity.terms import FetchError


def unpack_member(archive: Path, made: Path, wanted: Service) -> None:
    """Take the wanted member out of a zip, or out of a zip within it; its checksum is verified.

    Raises:
        Cut: what came is no whole zip.
        FetchError: it has no such member, or it cannot be unpacked.
    """
    if not zipfile.is_zipfile(archive):
        refuse_message(archive, wanted)
        raise Cut(f"{wanted.source}: what came is no whole zip.", remedy="Run the same command again.")
    inner = archive
    for depth, name in enumerate(wanted.member):
        out = made if depth == len(wanted.member) - 1 else made.with_name(f"{made.name}.{depth}.zip")
        try:
            with zipfile.ZipFile(inner) as opened:
                _extract(opened, _member(opened, name, wanted), out, wanted)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise FetchError(
                f"{wanted.source}: the zip cannot be unpacked ({error}).", remedy=by_hand(wanted)
            ) from error
        inner = out


def _member(opened: zipfile.ZipFile, name: str, wanted: Service) -> zipfile.ZipInfo:
    for one in opened.infolist():
        if one.filename.rpartition("/")[2] == name:
            return one
    there = ", ".join(one.filename for one in opened.infolist()[:20])
    raise FetchError(
        f"{wanted.source}: the service has changed what it gives: the zip has no {name}; it has {there or 'nothing'}.",
        remedy=by_hand(wanted),
    )


def _extract(opened: zipfile.ZipFile, member: zipfile.ZipInfo, out: Path, wanted: Service) -> None:
    size = 0
    with opened.open(member) as packed, out.open("wb") as stream:
        while piece := packed.read(1_000_000):
            size += len(piece)
            if size > wanted.largest:
                raise FetchError(
                    f"{wanted.source}: {member.filename} is larger than such a file has ever been.",
                    remedy=by_hand(wanted),
                )
            stream.write(piece)
