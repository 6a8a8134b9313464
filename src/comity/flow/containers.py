"""Files that hold other files: archives, mailboxes, mails with attachments, downloads of many articles.

`comity add` puts each file that they hold into sources/ by itself, so that each has its own date, title and digest. Nothing
is unpacked to a place that a container names: a member's own name is all that is kept of its path.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from comity import documents
from comity.flow.folders import PageParts, is_furniture, page_of
from comity.terms import UnreadableSource

# Of an archive: how many files are taken from it, and how many bytes they may have together when unpacked.
MOST_MEMBERS = 10_000
MOST_BYTES = 1024**3
_UNPACK = "Unpack it yourself and add the files that you need."
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A file within another: its path there, for people, and its bytes."""

    path: str
    content: bytes

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path.replace("\\", "/")).name


def is_wholly_held(content: bytes) -> bool:
    """Whether all that a file says is said by its members: nothing is left to be a source of its own."""
    return documents.is_archive(content) or documents.is_mailbox(content) or documents.is_download(content)


def members_of(
    content: bytes, path: str, largest: int, *, within: bool = False
) -> Iterator[Member | PageParts | UnreadableSource]:
    """Yield what a file holds as files, and an error for each that cannot be taken; nothing for an ordinary source.

    Of an archive the folders of a saved page's parts come as such, not their files.

    Args:
        content: of the file.
        path: what it is called in errors and in the members' paths.
        largest: how many bytes a member may have.
        within: whether it lies in an archive itself; then an archive is not opened.
    """
    if documents.is_archive(content):
        if within:
            yield UnreadableSource(path, "is an archive within an archive, which is not opened", remedy=_UNPACK)
            return
        for member in _unpacked(content, path, largest):
            yield member
            if isinstance(member, Member):
                yield from members_of(member.content, member.path, largest, within=True)
        return
    for name, part in documents.held_in(content, name=path):
        if len(part) > largest:
            reason = f"has {len(part) / 1024**2:,.0f} MB; a source may have at most {largest // 1024**2} MB"
            yield UnreadableSource(f"{path}/{name}", reason, remedy="Save it, and add the part that you need.")
            continue
        yield Member(f"{path}/{name}", part)
        yield from members_of(part, f"{path}/{name}", largest, within=True)


def _unpacked(content: bytes, path: str, largest: int) -> Iterator[Member | PageParts | UnreadableSource]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = [part for part in archive.infolist() if not part.is_dir()]
    if len(parts) > MOST_MEMBERS:
        reason = f"the archive holds {len(parts):,} files; the limit is {MOST_MEMBERS:,}"
        yield UnreadableSource(path, reason, remedy=_UNPACK)
        return
    if sum(part.compress_size for part in parts) > len(content):
        yield UnreadableSource(path, "its parts overlap, as no honest archive's do", remedy=_UNPACK)
        return
    if sum(part.file_size for part in parts) > MOST_BYTES:
        yield UnreadableSource(path, f"the archive unpacks to more than {MOST_BYTES // 1024**2:,} MB", remedy=_UNPACK)
        return
    left = MOST_BYTES
    pages = _pages(part.filename for part in parts)
    passed = Counter(folder for part in parts if (folder := _folder_of_page(part.filename, pages)))
    yield from (PageParts(f"{path}/{folder}", pages[folder], number) for folder, number in passed.items())
    for part in parts:
        where = f"{path}/{part.filename}"
        pieces = _pieces(part.filename)
        if _folder_of_page(part.filename, pages):
            continue
        if not pieces or any(
            is_furniture(piece) or piece == "__MACOSX" for piece in pieces if piece not in ("..", ".")
        ):
            continue
        if stat.S_ISLNK(part.external_attr >> 16):
            yield UnreadableSource(where, "is a link in an archive, which is not followed", remedy=_UNPACK)
            continue
        if part.flag_bits & 1:
            yield UnreadableSource(
                where, "is encrypted", remedy="Unpack the archive with its password, then add the files."
            )
            continue
        taken = _taken(archive, part, where, min(largest, left))
        left -= len(taken.content) if isinstance(taken, Member) else 0
        yield taken


def _pieces(filename: str) -> tuple[str, ...]:
    return PurePosixPath(filename.replace("\\", "/")).parts


def _pages(filenames: Iterable[str]) -> dict[str, str]:
    """Return the folders of saved pages' parts in an archive, each with its page's name."""
    names: dict[tuple[str, ...], set[str]] = {}
    folders: set[tuple[str, ...]] = set()
    for pieces in map(_pieces, filenames):
        names.setdefault(pieces[:-1], set()).add(pieces[-1] if pieces else "")
        folders |= {pieces[:end] for end in range(1, len(pieces))}
    found = {folder: page_of(folder[-1], names.get(folder[:-1], ())) for folder in sorted(folders)}
    return {"/".join(folder): page for folder, page in found.items() if page}


def _folder_of_page(filename: str, pages: Mapping[str, str]) -> str:
    """Return which folder of a page's parts a file of the archive lies in; "" for none."""
    pieces = _pieces(filename)
    return next((name for end in range(1, len(pieces)) if (name := "/".join(pieces[:end])) in pages), "")


def _taken(archive: zipfile.ZipFile, part: zipfile.ZipInfo, where: str, most: int) -> Member | UnreadableSource:
    """Unpack a member, but no further than `most` bytes, whatever size the archive claims."""
    if part.file_size > most:
        reason = f"has {part.file_size / 1024**2:,.0f} MB; a source may have at most {most // 1024**2:,} MB"
        return UnreadableSource(where, reason, remedy=_UNPACK)
    pieces, size = [], 0
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > most:
                    return UnreadableSource(where, "unpacks to more than the archive says", remedy=_UNPACK)
                pieces.append(piece)
    except Exception:  # zlib.error, lzma's and the archive's own errors have no common base
        return UnreadableSource(where, "is damaged in the archive", remedy="Get the archive again.")
    return Member(where, b"".join(pieces))
