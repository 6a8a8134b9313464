"""What a note or reference cites, as a CSL item: told from its form, and left empty where the form does not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from comity.documents.imprint import ImprintDate, day_of, imprint_dates
from comity.documents.names import parse_names
from comity.terms import Citation, Name, Period

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”]+[^\s<>\"”.,;:)\]]")
_DOI = re.compile(r"\b(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)(10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)])", re.IGNORECASE)
_QUOTED = re.compile(
    r"[\"“](?P<double>[^\"“”]{3,400})[\"”]|(?<![\w])['‘](?P<single>[^\n]{3,400}?)(?<=[^\s])['’](?=[\s,.;:)(]|$)"
)
_EMPHASIS = re.compile(r"(?<!\w)[*_]([^*_]{2,200})[*_](?!\w)")
_VOLUME = re.compile(
    r"\bvol(?:ume)?\.?\s*(?P<volume>[\dIVXLC]+)\b(?:\s*\((?P<in>[^()]{1,20})\)|[,;:]?\s*(?:no|nr|issue|number|iss)s?\.?\s*(?P<issue>[\d&/–-]+))?",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"\b(?:no|nr|issue|iss)\.?\s*(?P<issue>\d[\d&/–-]*)", re.IGNORECASE)
_BRACKETED = re.compile(r"(?<![\w.])(?P<volume>\d{1,4})\s?\((?P<issue>[\w&/–., -]{1,20})\)")
_PAGES = re.compile(r"\b(?:pp?|pages?|p\.\s?p)\.?\s*[A-Z]?(?P<pages>\d+(?:\s?[-–—]+\s?\d+)?)", re.IGNORECASE)
_AFTER_VOLUME = re.compile(r"[,:;]\s*[pP]?(?P<pages>\d+\s?[-–—]\s?\d+|P?\d+)(?=[\s.,;]|$)")
_VOLUME_PAGES = re.compile(r"\b(?P<volume>\d{1,4})\s*[:,]\s*(?P<pages>\d+\s?[-–—]+\s?\d+)")
_LEAD = re.compile(
    r"^\s*(?:\[?\d{1,3}[\].)]\s+)?(?:(?:for (?:more|details|further details)[^,.;:]*,\s*)?(?:see(?: also| for example| e\.g\.)?|cf\.?|quoted in|cited in|as quoted in|e\.g\.|also)[,:]?\s+)?",
    re.IGNORECASE,
)
_RETRIEVED = re.compile(
    r"(?:\b(?:retrieved|available)\s+(?:online\s+)?(?:from|at|on)\b|\baccessed\b|\bretrieved\b|\bavailable:)[^\n]*$",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:speech|remarks|address|statement|lecture|public talks?|keynote)\s+(?:delivered\s+)?(?:by|of|at|to)\b",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(r"\binterview(?:ed|s)?\b", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:discussions?|conversations?|correspondence|talks?|e-?mail)\b[^.]{0,60}\bwith\s+(?:the|this)\s+(?:author|writer)|\bpersonal communication\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:ministry|department|government|embassy|office|board|bank|fund|commission|council|bureau|agency|institute|secretariat|"
    r"organi[sz]ation|centre|center|authority|parliament|united nations|university|foundation|committee|press|publishers?|"
    r"publications|verlag|routledge|palgrave|elsevier|springer|wiley|brill)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:technical report|tech\. ?rep|working paper|discussion paper|policy brief|issue brief|annual report|research report|yearbook|statistics|white paper|survey)\b",
    re.IGNORECASE,
)
_THESIS = re.compile(r"\b(?:ph\.?\s?d\.?|doctoral|master'?s?|m\.?sc\.?)\s+(?:thesis|dissertation)\b", re.IGNORECASE)
_TREATY = re.compile(r"\b(?:treaty|convention|protocol)\s+(?:on|of|between|for)\b", re.IGNORECASE)
_CONFERENCE = re.compile(r"\b(?:proceedings|proc\.|conference|symposium|workshop)\b", re.IGNORECASE)
_NEWSPAPER = re.compile(
    r"\b(?:times|post|daily|herald|tribune|news|nation|express|guardian|telegraph|gazette|mail|reuters|associated press|"
    r"afp|dpa|xinhua|bbc|cnn|standard|chronicle|observer|star|mirror|independent|journal online|monitor|press trust|weekly|"
    r"sunday|le monde|dawn|hindu|mainichi|asahi|yomiuri|nikkei|spiegel|zeitung|economist|newspaper|online)\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|review|quarterly|annals|bulletin|studies|transactions|letters|affairs|politics|proceedings of the)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\b(?:in\s+)?(?P<names>[^.()\"“”]{3,200}?)\s*\(?\beds?\b\.?\)?", re.IGNORECASE)
_PLACE_PUBLISHER = re.compile(
    r"(?P<place>[A-Z][\w .'’-]{2,40}):\s*(?P<publisher>[A-Z][^:()\"“”]{2,80}?)(?=[,.;)]|\s*\(?\d{4}|$)"
)
_CITY = re.compile(r"^\s*,?\s*\((?P<city>[A-Z][\w .'’-]{2,40})\)")
_FURTHER_SENTENCE = re.compile(r"[a-z)\d]\.\s+[A-Z][a-z]+\s+[a-z]+")


def parse_citation(text: str, published: date | None = None) -> Citation:
    """Return what a note or reference cites.

    Args:
        text: the note; marks of emphasis (`*The Nation*`) help to tell the container's title.
        published: when the citing document appeared. It never changes a date that is printed, even one that lies
            after it: such a date is for the checks to report.
    """
    clean = " ".join(_EMPHASIS.sub(r"\1", text).split())
    marked = " ".join(text.split()).replace("``", "“").replace("''", "”")
    reading = _Reference(marked)
    reading.places()
    if not (reading.author_year() or reading.quoted_title()):
        reading.plain()
    return replace(reading.citation(), text=clean)


@dataclass(slots=True)
class _Reference:
    """A reference while it is taken apart; `text` keeps its marks of emphasis."""

    text: str
    fields: dict[str, str] = field(default_factory=dict)
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    dates: list[ImprintDate] = field(default_factory=list)
    issued: Period | None = None
    accessed: date | None = None
    bare: str = ""  # the text without its address

    def places(self) -> None:
        """Read what has a form of its own wherever it stands: address, DOI, dates, volume, pages."""
        doi = _DOI.search(self.text)
        if doi:
            self.fields["doi"] = doi.group(1)
        url = _URL.search(self.text)
        if url and not (doi and "doi.org" in url.group()):
            self.fields["url"] = url.group()
        self.bare = _RETRIEVED.sub("", self.text)
        self.bare = _URL.sub("", _DOI.sub("", self.bare)).strip()
        self.dates = [found for found in imprint_dates(self.text) if not found.access]
        for found in imprint_dates(self.text):
            if found.access and self.accessed is None:
                self.accessed = day_of(found.period)
        chosen = self._issue_date()
        self.issued = None if chosen is None else chosen.period
        self._volume()

    def _issue_date(self) -> ImprintDate | None:
        """Return the date of publication: the year in brackets after the author, a full date, or the last one named."""
        if not self.dates:
            return None
        early = [found for found in self.dates if found.enclosed]
        full = [found for found in self.dates if found.end - found.start > 5]
        talks = _TALK.search(self.text) or _SPEECH.search(self.text)
        if talks and len({found.period for found in full}) > 1:
            return None  # several talks, several dates: none of them is the date of all
        if early and (not full or early[0].start < len(self.text) / 2):
            return early[0]
        outside = [found for found in full if not self._inside_title(found)]
        if outside or full:
            return (outside or full)[0]
        first = self.dates[0]
        if _looks_like_names(self.text[: first.start]) and self.text[first.end : first.end + 1] in (".", ":"):
            return first  # "Doe, J. 1990. Title": the year after the author
        outside = [found for found in self.dates if not self._inside_title(found)]
        return (outside or self.dates)[-1]

    def _inside_title(self, found: ImprintDate) -> bool:
        return any(match.start() <= found.start < match.end() for match in _QUOTED.finditer(self.text))

    def _volume(self) -> None:
        outside = self.bare
        match = _VOLUME.search(outside) or _BRACKETED.search(outside)
        if match:
            groups = match.groupdict()
            issue = groups.get("issue") or groups.get("in") or ""
            if not re.fullmatch(r"(?:1[6-9]|20)\d\d", issue):
                self.fields["issue"] = issue.replace("no.", "").strip()
            if not re.fullmatch(r"(?:1[6-9]|20)\d\d", match["volume"]) or match.re is _VOLUME:
                self.fields["volume"] = match["volume"]
                after = _AFTER_VOLUME.match(outside, match.end())
                if after:
                    self.fields["page"] = after["pages"].lstrip("P")
        else:
            issue_only = _ISSUE.search(outside)
            if issue_only:
                self.fields["issue"] = issue_only["issue"]
            pair = _VOLUME_PAGES.search(outside)
            if pair:
                self.fields |= {"volume": pair["volume"], "page": pair["pages"]}
        pages = _PAGES.search(outside)
        if pages:
            self.fields["page"] = pages["pages"]
        if self.fields.get("page"):
            self.fields["page"] = re.sub(r"\s?[-–—]+\s?", "-", self.fields["page"])

    def author_year(self) -> bool:
        """Read `Authors (year). Title. Container, volume(issue), pages.`; whether the text has that form."""
        match = re.match(
            r"(?P<names>[^()\"“”]{2,300}?)\.?\s*\((?P<year>[^()]{4,30})\)\s*[.,:]?\s+(?P<rest>\S.*)", self.bare
        )
        if match is None or not any(d.enclosed and d.start <= match.end("year") for d in self.dates):
            return False
        if re.search(r"\b(?:vol|no)\b", match["names"], re.IGNORECASE) or len(match["names"].split()) > 40:
            return False
        names = _LEAD.sub("", match["names"])
        if not (_BODY.search(names) or _looks_like_names(names)):
            return False
        self.authors = _names_or_body(names)
        title, _, rest = _first_sentence(match["rest"])
        self.fields["title"] = _plain(title)
        self._container(rest)
        return True

    def quoted_title(self) -> bool:
        """Read `Author, "Title", Container (City), date`; whether the text has a title in quotation marks."""
        match = _QUOTED.search(self.bare)
        if match is None:
            return False
        before = _LEAD.sub("", self.bare[: match.start()]).strip(" ,;:")
        title = match["double"] or match["single"]
        if len(before.split()) > 14 or re.search(r"[a-z]\.\s+[A-Z][a-z]", before):
            return False
        self.fields["title"] = _plain(title)
        if before:
            self.authors = _names_or_body(before)
        after = self.bare[match.end() :].lstrip(" ,.;:")
        self._container(re.sub(r"^(?:in|In)[:\s]+", "", after))
        return True

    def plain(self) -> None:
        """Read a reference without quotation marks: what stands before its date is author or title."""
        body = _LEAD.sub("", self.bare).strip()
        if _is_remark(body):
            return
        marked = _EMPHASIS.search(body)
        if marked:
            before = body[: marked.start()].strip(" ,;:")
            self.fields["title"] = _plain(marked.group(1))
            if before and len(before.split()) <= 14:
                self.authors = _names_or_body(before)
            self._publisher(body[marked.end() :])
            return
        sentence, names, rest = _first_sentence(body)
        if names and rest:
            self.authors = _names_or_body(sentence)
            rest = _YEAR_FIRST.sub("", rest)
            title, _, rest = _first_sentence(rest.lstrip(" ,."))
            self.fields["title"] = _plain(_before_date(title))
            self._container(rest)
            return
        listed = _LISTED_NAMES.match(body)
        if listed:
            self.authors = parse_names(listed["names"])
            title = re.split(r"\.\s|,\s+(?=[Ii]n[:\s]|[A-Z(\d]|vol|pp)", body[listed.end() :])[0]
            self.fields["title"] = _plain(_before_date(title))
            return
        self.fields["title"] = _plain(_before_date(sentence))
        self._publisher(rest or sentence[len(_before_date(sentence)) :])

    def _container(self, rest: str) -> None:
        dates = imprint_dates(rest)
        if dates and dates[0].start <= 1:
            return
        marked = _EMPHASIS.search(rest)
        edited = _EDITED.match(rest)
        if edited and len(edited["names"].split()) <= 14:
            self.editors = parse_names(re.sub(r"^[Ii]n\s+", "", edited["names"]))
            rest = rest[edited.end() :].lstrip(" .,)")
        if marked:
            self.fields["container_title"] = _plain(marked.group(1))
            after = rest[rest.find(marked.group()) + len(marked.group()) :] if marked.group() in rest else rest
        else:
            match = re.match(r"(?:[Ii]n:?\s+)?(?P<title>[^,(]{2,160}?)(?=\s*(?:[,(]|\.\s|\.$|\s\d+\s*[(:,]|$))", rest)
            if match is None or _DATE_ONLY.fullmatch(match["title"]):
                self._publisher(rest)
                return
            self.fields["container_title"] = _plain(re.sub(r"\s+\d+$", "", match["title"]))
            after = rest[match.end() :]
        city = _CITY.match(after)
        if city and not re.search(r"\d", city["city"]):
            self.fields["publisher_place"] = city["city"]
        self._publisher(after)

    def _publisher(self, rest: str) -> None:
        place = _PLACE_PUBLISHER.search(rest)
        if place:
            self.fields |= {"publisher_place": place["place"].strip(), "publisher": _plain(place["publisher"])}
            return
        for part in re.split(r"[.;]\s+|\n", rest):
            if _BODY.search(part) and len(part.split()) <= 12:
                name, _, city = part.strip(" ,.()").rpartition(", ")
                if name and re.fullmatch(r"[A-Z][\w .'’-]{2,30}", city):
                    self.fields |= {"publisher": _plain(name), "publisher_place": city}
                else:
                    self.fields["publisher"] = _plain(part)
                return

    def citation(self) -> Citation:
        """Return what was read."""
        known = {key: value for key, value in self.fields.items() if value}
        return Citation(
            type=self._type(),
            authors=self.authors,
            editors=self.editors,
            issued=self.issued,
            accessed=self.accessed,
            **known,
        )

    def _type(self) -> str:
        container = self.fields.get("container_title", "")
        if _TALK.search(self.text):
            return "personal_communication"
        if _INTERVIEW.search(_QUOTED.sub("", self.text)):
            return "interview"
        if _THESIS.search(self.text):
            return "thesis"
        if not container and _SPEECH.search(_QUOTED.sub("", self.text)):
            return "speech"
        if self.editors:
            return "chapter"
        if "volume" in self.fields or ("issue" in self.fields and container):
            return "article-journal"
        if container and _CONFERENCE.search(container):
            return "paper-conference"
        day = self.issued is not None and day_of(self.issued) is not None
        if container and (_NEWSPAPER.search(container) or (day and not _BODY.search(container))):
            return "article-newspaper"
        if container and (_JOURNAL.search(container) or "page" in self.fields):
            return "article-journal"
        if _TREATY.match(self.fields.get("title", "")):
            return "treaty"
        if self.fields.get("url"):
            return "webpage"
        if _REPORT.search(self.text) or (self.fields.get("publisher") and day):
            return "report"
        if self.fields.get("publisher"):
            return "report" if _INSTITUTIONAL.search(self.fields["publisher"]) else "book"
        return "document"


_INSTITUTIONAL = re.compile(
    r"\b(?:ministry|department|government|board|bank|fund|commission|council|bureau|agency|secretariat|united nations|authority)\b",
    re.IGNORECASE,
)
_TITLE_BEGINS = re.compile(r"\s+[A-Z][a-z]+\s+(?!and\b|et\b|de\b|van\b|von\b)[a-z]")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.-?)*[A-Z]|vs?|St|Dr|Mr|Mrs|No|Vol|eds?|Jr|U\.S|Ed")
_ONE_NAME = (
    r"(?:(?:[A-Z]\.[\s-]?){1,4}(?:(?:van|von|de|der|la|del)\s)*[A-Z][\w'’-]+|[A-Z][\w'’-]+,\s(?:[A-Z]\.[\s-]?){1,4})"
)
# "R. Lipsett, C. Schaefer, VHDL: ...": names with initials, then a title after a comma.
_LISTED_NAMES = re.compile(
    rf"(?P<names>{_ONE_NAME}(?:(?:,?\s(?:and|&)\s|,\s(?:and\s|&\s)?){_ONE_NAME}){{0,12}}),?\s+(?=[A-Z][\w'’-]+[\s:])"
)
_YEAR_FIRST = re.compile(r"^\(?(?:1[6-9]|20)\d\d[a-z]?\)?[.,:]\s*")
_DATE_ONLY = re.compile(r"[\W\d]*")


def _first_sentence(text: str) -> tuple[str, bool, str]:
    """Return the text up to its first full stop, whether that reads as a list of names, and the rest."""
    for match in re.finditer(r"[.?!][\"”’]?(?=\s|$)", text):
        before = text[: match.start()]
        last = re.search(r"(?<![\w.-])([\w.-]++)$", before)
        word = last.group(1) if last else ""
        short = (len(word) <= 2 and word[:1].isupper()) or _ABBREVIATED.fullmatch(word) is not None
        # "J. Roe. Trade in the ...": the initial's point ends the names when a title follows.
        named = _looks_like_names(before) and re.search(r"[^\W\d_]{3}", before) is not None
        titled = named and _TITLE_BEGINS.match(text, match.end()) is not None
        if short and not titled:
            continue
        end = match.end() if match.group()[0] in "?!" else match.start()
        return text[:end], _looks_like_names(before), text[match.end() :].strip()
    return text.rstrip(" ."), False, ""


def _looks_like_names(text: str) -> bool:
    words = re.findall(r"[\w.'’-]+", text)
    if not words or len(words) > 60:
        return False
    low = [
        word
        for word in words
        if word[0].islower()
        and word not in ("and", "et", "al", "al.", "van", "von", "de", "der", "la", "den", "del", "da", "di")
    ]
    initials = any(re.fullmatch(r"(?:[A-Z]\.-?)+|[A-Z]{1,3}", word) for word in words)
    return not low and (initials or " and " in text or " & " in text or len(words) <= 3)


def _names_or_body(text: str) -> tuple[Name, ...]:
    plain = _plain(text)
    if _BODY.search(plain):
        return (Name(literal=plain),)
    words = plain.split()
    if sum(word[0].islower() for word in words if word not in ("and", "et", "al.", "van", "von", "de", "der")) > 1:
        return ()
    return parse_names(plain)


def _before_date(text: str) -> str:
    dates = imprint_dates(text)
    cut = text[: dates[0].start] if dates and dates[0].start > 3 else text
    return cut.rstrip(" ,;:(")


def _plain(text: str) -> str:
    return " ".join(_EMPHASIS.sub(r"\1", text).split()).strip(" ,.;:*_")


def _is_remark(text: str) -> bool:
    """Whether the note is prose about something, not a reference: a lower-case clause and no form of a reference."""
    return _TALK.search(text) is not None or (len(text.split()) > 45 and _FURTHER_SENTENCE.search(text) is not None)
