"""The front of a document: what stands around the title, told line by line.

A line is what its own words make it ("Edited by", a date, "Phone:") or what its place makes it (a role below an
author). Whatever is neither is a candidate for the title; a line that could be several things is left as imprint.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from comity.documents.casing import title_case
from comity.documents.citations import parse_citation
from comity.documents.front_words import is_byline
from comity.documents.imprint import imprint_date, imprint_dates, issue_of
from comity.documents.names import TITLE, are_persons, is_person, parse_names
from comity.documents.trace import Traced
from comity.documents.wording import (
    ADDRESS,
    BODY_LABEL,
    BY,
    CITE,
    CONTACT,
    DISCLAIMER,
    EDITED,
    FIELD,
    GENRE,
    INSTITUTE,
    KIND_LABEL,
    MASTHEAD,
    NEWSPAPER,
    NO_PERSON,
    OTHER_DATE,
    PERIODICAL,
    PUBLISHED,
    ROLE,
    TIME,
)
from comity.terms import BlockKind, Citation, Name, Period


class Role(Enum):
    """What a line of the front is."""

    TITLE = auto()
    SUBTITLE = auto()
    GENRE = auto()
    AUTHOR = auto()
    EDITOR = auto()
    AFFILIATION = auto()
    INSTITUTE = auto()
    CONTAINER = auto()
    DATE = auto()
    CITE = auto()
    IMPRINT = auto()
    OPEN = auto()  # nothing tells yet; a candidate for the title


@dataclass(slots=True)
class FrontLine:
    """A line of the front. `group` counts the blocks set apart by blank lines; `level` is a heading's, 0 for none."""

    text: Traced
    group: int
    level: int = 0
    whole: bool = False  # the line is a paragraph of several lines
    role: Role = Role.OPEN
    markers: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Front:
    """What the front says: its lines with their roles, and the bibliographic data."""

    lines: list[FrontLine]
    title: str = ""
    genre: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    institutes: list[tuple[int, str]] = field(default_factory=list)
    named_body: str = ""  # a field "Institute:" or "Publisher:"
    container: str = ""
    newspaper: bool = False
    volume: str = ""
    issue: str = ""
    issued: Period | None = None
    issue_dated: Period | None = None  # the issue's own date, where no line gives the document's
    declared: str = ""  # a field "Title:"
    doi: str = ""
    url: str = ""
    cited: Citation | None = None
    message: bool = False


def read_front(lines: Sequence[FrontLine], acronyms: Collection[str] = ()) -> Front:
    """Tell what each line of a front is, and gather what it says."""
    front = Front(list(lines))
    front.message = _is_message(front.lines)
    expected = Role.OPEN
    author_group = -9
    for index, line in enumerate(front.lines):
        text = line.text.text
        if line.level and not any(other.role is Role.TITLE for other in front.lines):
            line.role = Role.TITLE
            continue
        if expected is Role.CITE and line.role is Role.OPEN and (line.whole or len(text) > 30):
            line.role, expected = Role.CITE, Role.OPEN
            front.cited = parse_citation(text)
            continue
        if expected in (Role.AUTHOR, Role.EDITOR) and _takes_names(front, line, expected):
            author_group = line.group if expected is Role.AUTHOR else author_group
            expected = Role.OPEN
            continue
        if expected is not Role.CITE:
            expected = Role.OPEN
        expected = _own_words(front, line, expected)
        if line.role is Role.AUTHOR:
            author_group = line.group
        if line.role in (Role.OPEN, Role.INSTITUTE) and 0 <= line.group - author_group <= 1 and not line.whole:
            below_author = line.group == author_group or (
                index and front.lines[index - 1].role in (Role.AUTHOR, Role.AFFILIATION)
            )
            if below_author and (ROLE.search(text) or INSTITUTE.search(text)):
                if line.role is Role.INSTITUTE:
                    front.institutes = [entry for entry in front.institutes if entry[1] != text]
                line.role, author_group = Role.AFFILIATION, line.group
    front.issued = front.issued or front.issue_dated
    _choose_title(front, acronyms)
    _bare_authors(front)
    return front


def block_kind(role: Role) -> BlockKind:
    """Return the kind of block that a line of that role makes."""
    return {Role.TITLE: BlockKind.TITLE, Role.CITE: BlockKind.REFERENCE}.get(role, BlockKind.FRONT)


def is_front_line(text: str) -> bool:
    """Whether a line's own words make it part of a front, wherever it ends."""
    bare = text.strip(" *_")
    return bool(
        DISCLAIMER.match(bare)
        or FIELD.match(bare)
        or BODY_LABEL.match(bare)
        or CONTACT.match(bare)
        or CITE.match(bare)
        or _date_of(bare)[0]
        or issue_of(bare)
        or (TITLE.match(bare) and is_person(bare))
        or BY.fullmatch(bare)
        or EDITED.match(bare)
        or (MASTHEAD.search(bare) and len(bare) < 140)
    )


def _own_words(front: Front, line: FrontLine, expected: Role) -> Role:
    """Give a line the role that its own words make; return what is expected of the next line."""
    text = line.text.text.strip()
    field_match = FIELD.match(text)
    if line.whole and DISCLAIMER.match(text):
        line.role = Role.IMPRINT
    elif field_match and (front.message or field_match["key"].lower() not in ("to", "from", "re", "subject")):
        return _form_field(front, line, field_match)
    elif CITE.match(text):
        line.role = Role.IMPRINT
        rest = text[CITE.match(text).end() :] if CITE.match(text) else ""  # type: ignore[union-attr]
        if len(rest) > 30:
            front.cited, line.role = parse_citation(rest), Role.CITE
            return Role.OPEN
        return Role.CITE
    elif DISCLAIMER.match(text) or OTHER_DATE.match(text):
        line.role = Role.IMPRINT
    elif BODY_LABEL.match(text) or KIND_LABEL.match(text):
        _body_or_kind(front, line)
    elif EDITED.match(text):
        return _labelled(front, line, EDITED, Role.EDITOR)
    elif BY.match(text) and (len(text) <= 3 or is_byline(text)):
        return _labelled(front, line, BY, Role.AUTHOR)
    elif _numbered(front, line) or _masthead(front, line) or _dated(front, line):
        pass
    elif CONTACT.match(text) or ADDRESS.fullmatch(text):
        line.role = Role.IMPRINT
    elif GENRE.fullmatch(text):
        line.role = Role.GENRE
        front.genre = front.genre or _genre(text)
    elif TITLE.match(text) and are_persons(text):
        line.role = Role.AUTHOR
        front.authors += parse_names(text)
    elif _person_of_institute(text):
        line.role = Role.AUTHOR
        front.authors += parse_names(text.split(",")[0])
    elif INSTITUTE.search(text) and len(text.split()) <= 9 and not line.whole and not re.search(r"[.?!:;]$", text):
        line.role = Role.INSTITUTE
        front.institutes.append((line.group, text))
    return expected if line.role is Role.OPEN else Role.OPEN


def _body_or_kind(front: Front, line: FrontLine) -> None:
    """Read "Institute: ..." and "Series: ..."."""
    text = line.text.text.strip()
    label = BODY_LABEL.match(text)
    if label is not None:
        line.role = Role.INSTITUTE if label["body"] else Role.AFFILIATION
        front.named_body = front.named_body or (text[label.end() :] if label["body"] else "")
        return
    kind = text.partition(":")[2].strip()
    line.role = Role.IMPRINT
    front.genre = front.genre or (_genre(kind) if GENRE.fullmatch(kind) else "")


def _genre(text: str) -> str:
    """Return a genre without the number in its series: "Issue Brief No. 4" is an issue brief."""
    return re.sub(r"[\s#:,–—-]*(?:no\.?|vol\.?|number)?\s*[\w./-]*\d[\w./-]*$", "", text, flags=re.IGNORECASE)


def _person_of_institute(text: str) -> bool:
    """Whether a line is a person and where they work: "Jane Roe, Nile Institute"."""
    person, _, work = text.partition(",")
    words = person.split()
    named = is_person(person) and 2 <= len(words) <= 4 and not INSTITUTE.search(person) and not NO_PERSON.search(person)
    return named and (INSTITUTE.search(work) is not None or ROLE.search(work) is not None) and not text.isupper()


def _labelled(front: Front, line: FrontLine, label: re.Pattern[str], role: Role) -> Role:
    text = line.text.text.strip()
    match = label.match(text)
    rest = text[match.end() :].strip(" *") if match else ""
    if not rest:
        line.role = Role.IMPRINT
        return role
    line.role = role
    persons = rest
    if not are_persons(rest) or ROLE.search(rest):  # "Jane Doe, Senior Fellow"
        parts = [part.strip() for part in re.split(r",|\||\bin\b", rest)]
        persons = ", ".join(part for part in parts if is_person(re.sub(r"^and\s+", "", part)) and not ROLE.search(part))
    names = parse_names(persons or rest)
    if role is Role.AUTHOR:
        front.authors += names
    else:
        front.editors += names
    return Role.OPEN


def _takes_names(front: Front, line: FrontLine, role: Role) -> bool:
    text = line.text.text.strip(" *")
    if not are_persons(text) and not (role is Role.EDITOR and len(text.split()) <= 6):
        first = text.split(",")[0]
        if not is_person(first) or len(text) > 120:
            return False
        text = first
    line.role = role
    if role is Role.AUTHOR:
        front.authors += parse_names(text)
    else:
        front.editors += parse_names(text)
    return True


def _form_field(front: Front, line: FrontLine, match: re.Match[str]) -> Role:
    key, value = match["key"].lower(), match["value"].strip()
    line.role = Role.IMPRINT
    if key in ("date", "sent") and front.issued is None:
        dates = imprint_dates(value)
        front.issued = dates[0].period if dates else None
    elif key == "subject" and front.message and value:
        line.role = Role.TITLE
        begin = line.text.text.rindex(value)
        line.text = line.text.cut(begin, begin + len(value))
        front.title = re.sub(r"^(?:(?:re|fwd?)\s*:\s*)+", "", value, flags=re.IGNORECASE)
    elif key == "from" and front.message:
        person = re.sub(r"<[^<>]*>|\([^()]*\)|\S+@\S+", "", value).split(",")[0].strip(' "')
        front.authors = parse_names(person) if person else ()
    elif key == "title":
        front.declared = value.strip("\"'")
    elif key == "doi":
        front.doi = value
    return Role.OPEN


def _masthead(front: Front, line: FrontLine) -> bool:
    text = line.text.text.strip()
    match = MASTHEAD.search(text)
    if match is None or len(text) > 160 or line.whole:
        return False
    line.role = Role.CONTAINER
    front.volume, front.issue = match["volume"], match["issue"] or ""
    before = text[: match.start()].strip(" ,:;(-–—")
    after = text.partition(":")[2] if ":" in text[match.end() :] else ""
    name = before or after.split(",")[0].strip()
    if name and not imprint_date(name):
        front.container = front.container or name
    dates = imprint_dates(text)
    if dates and front.issued is None and not front.volume.isdecimal():
        front.issued = dates[-1].period
    return True


def _numbered(front: Front, line: FrontLine) -> bool:
    found = issue_of(line.text.text)
    if found is None:
        return False
    line.role = Role.IMPRINT
    front.issue = front.issue or found[0]
    front.issue_dated = front.issue_dated or found[1]
    return True


def _dated(front: Front, line: FrontLine) -> bool:
    period, rest, strong = _dated_parts(line.text.text)
    if period is None:
        return False
    line.role = Role.DATE
    finer = front.issued is None or (strong and front.issued.precision.fineness > period.precision.fineness)
    if finer:
        front.issued = period
    if rest and NEWSPAPER.search(rest) and not front.container:
        front.container, front.newspaper = rest, True
    elif rest and PERIODICAL.search(rest) and not front.container:
        front.container = rest
    return True


def _date_of(text: str) -> tuple[Period | None, str]:
    period, rest, _ = _dated_parts(text)
    return period, rest


def _dated_parts(text: str) -> tuple[Period | None, str, bool]:
    """Return the date that a line gives, what it says beside it, and whether it says "published"."""
    bare = TIME.sub(" ", text).strip(" *_()[]")
    label = PUBLISHED.match(bare)
    rest = bare[label.end() :] if label else bare
    whole = imprint_date(rest)
    if whole is not None:
        return whole, "", label is not None
    dates = imprint_dates(rest)
    if len(dates) != 1 or len(rest) > 90 or dates[0].access:
        return None, "", False
    other = (rest[: dates[0].start] + " " + rest[dates[0].end :]).strip(" ,;:|-–—()")
    day_named = dates[0].end - dates[0].start > 7
    enough = label is not None or (day_named and len(other.split()) <= 4)
    proper = all(word[:1].isupper() or word in ("of", "the", "and") for word in other.split())
    apart = re.match(r"\s*[,|(–—-]|\s*$", rest[dates[0].end :]) and re.search(
        r"(?:[,|(:–—-]|^)\s*$", rest[: dates[0].start]
    )
    return (
        (dates[0].period, " ".join(other.split()), label is not None)
        if enough and proper and apart
        else (None, "", False)
    )


def _is_message(lines: Sequence[FrontLine]) -> bool:
    keys = {match["key"].lower() for line in lines[:12] if (match := FIELD.match(line.text.text.strip()))}
    return "from" in keys and bool(keys & {"to", "subject", "sent"}) and "subject" in keys


def _choose_title(front: Front, acronyms: Collection[str]) -> None:
    chosen = [line for line in front.lines if line.role is Role.TITLE]
    if not chosen:
        candidates = _candidates(front)
        if front.declared or not candidates:
            front.title = front.declared
            return
        best = max(candidates, key=lambda group: _fitness(group, front))
        for line in best:
            line.role = Role.TITLE
        chosen = best
    if not front.title:
        front.title = title_case(" ".join(line.text.text for line in chosen).strip(" *_#"), acronyms)


def _candidates(front: Front) -> list[list[FrontLine]]:
    """Group the lines that nothing else explains: lines of one block and one setting make one title."""
    groups: list[list[FrontLine]] = []
    previous: FrontLine | None = None
    for line in front.lines:
        text = line.text.text
        if line.role is Role.OPEN and not line.whole and len(text) <= 300 and any(map(str.isalpha, text)):
            same = bool(groups) and previous is not None and previous.role is Role.OPEN and previous.group == line.group
            if same and previous is not None and text.isupper() == previous.text.text.isupper() and not _may_name(text):
                groups[-1].append(line)
            else:
                groups.append([line])
        previous = line
    if groups:
        return groups
    for fallback in (Role.GENRE, Role.INSTITUTE):
        lines = [line for line in front.lines if line.role is fallback]
        if len(lines) == 1 or (fallback is Role.GENRE and lines):
            if fallback is Role.INSTITUTE:
                front.institutes.clear()
            return [[lines[-1]]]
    return []


def _may_name(text: str) -> bool:
    """Whether a line may list persons, in a title's block: "Anita Perera; Rohan D. Silva"."""
    return is_person(text) or (are_persons(text) and NO_PERSON.search(text) is None)


def _fitness(group: list[FrontLine], front: Front) -> tuple[int, int, int]:
    text = " ".join(line.text.text for line in group)
    words = len(text.split())
    order = front.lines.index(group[0])
    authors = [i for i, line in enumerate(front.lines) if line.role is Role.AUTHOR]
    before_author = not authors or order < authors[0]
    periodical = PERIODICAL.search(text) is not None and imprint_dates(text) != []
    plausible = 0 if periodical or (is_person(text) and words <= 3) else 1
    return (plausible + before_author, min(words, 4), -order)


def _bare_authors(front: Front) -> None:
    """Take a name that stands right below the title, with an office, a date or the end of the front after it."""
    titled = [i for i, line in enumerate(front.lines) if line.role is Role.TITLE]
    for index, line in enumerate(front.lines):
        text = line.text.text.strip(" *")
        if line.role is not Role.OPEN or front.authors or not titled or index < titled[-1]:
            continue
        last = index + 1 == len(front.lines)
        after = Role.DATE if last else front.lines[index + 1].role
        office = not last and ROLE.search(front.lines[index + 1].text.text) is not None
        between = {other.role for other in front.lines[titled[-1] + 1 : index]} <= {
            Role.DATE,
            Role.CONTAINER,
            Role.GENRE,
        }
        known = office or after in (Role.DATE, Role.AFFILIATION, Role.INSTITUTE)
        if are_persons(text) and not NO_PERSON.search(text) and between and known:
            line.role = Role.AUTHOR
            front.authors = parse_names(text)
            if after is Role.INSTITUTE:
                front.lines[index + 1].role = Role.AFFILIATION
                front.institutes = [e for e in front.institutes if e[1] != front.lines[index + 1].text.text.strip()]
    for index, line in enumerate(front.lines):
        below = front.lines[index + 1] if index + 1 < len(front.lines) else None
        over_issue = below is not None and below.group == line.group and issue_of(below.text.text) is not None
        named = PERIODICAL.search(line.text.text) is not None or over_issue
        periodical = line.role is Role.OPEN and named and len(line.text.text) < 80
        if periodical and not front.container:
            front.container = re.sub(r"[\s,(]*(?:19|20)\d\d\)?$", "", line.text.text)
            line.role = Role.CONTAINER
