"""Of which CSL type a cited work is, from the parts of its reference and the words in them."""

from __future__ import annotations

import re
from collections.abc import Collection

from comity.documents.imprint import day_of
from comity.documents.reference_tokens import quoted
from comity.terms import Citation

TALK = re.compile(
    r"\b(?:discussions?|conversations?|correspondence|talks?|e-?mail)\b[^.]{0,60}\bwith\s+(?:the|this)\s+(?:author|writer)|\bpersonal communication\b",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(r"\binterview(?:ed|s)?\b", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:speech|remarks|(?:opening |keynote )?address|statement|lecture|public talks?|keynote)\s+(?:delivered\s+)?(?:by|of|at|to)\b"
    r"|[(\[](?:speech|lecture|address|remarks)\b|,\s+(?:keynote )?(?:speech|address|lecture)\b",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"\b(?:ph\.?\s?d\.?|m\.?\s?phil\.?|doctoral|master['’]?s?|m\.?\s?sc\.?|m\.?\s?a\.?|diploma)\s+(?:thesis|dissertation|diss)\b|"
    r"\b(?:thesis|dissertation|diplomarbeit|thèse)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:technical|research|special|annual|country|africa|asia|europe) report|tech(?:\.|nical) ?(?:rep|memo)|\breport no|working paper|discussion paper|"
    r"policy (?:brief|paper)|issue (?:brief|paper)|(?:research|occasional) paper|press (?:release|statement)|media note|\bmemo(?:randum)?\b|\bdoc\b|/",
    re.IGNORECASE,
)
_REPORT_TITLE = re.compile(
    r"\b(?:annual report|yearbook|statistic\w*|white paper|survey|progress report|abstract \d{4})\b", re.IGNORECASE
)
_TREATY = re.compile(
    r"(?:[\w\s.-]{0,40}\b)?(?:treaty|convention|protocol|(?:joint )?(?:declaration|communiqu[eé])|memorandum of understanding|agreement|accord|pact|exchange of notes)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:act|ordinance|code|statute|regulation \(e[cu]\)|decree|bill)\b(?:[\s,]+(?:no\.?\s*)?[\d/]+)*\W*$",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\b|conference|conf\b|symposium|workshop|congress|convention of|annual meeting|colloquium)",
    re.IGNORECASE,
)
_SERIES = re.compile(r"\b(?:u\.?\s?n\.?\s?t\.?\s?s|treaty series|l\.?n\.?t\.?s|i\.?l\.?m)\b", re.IGNORECASE)
_NEWSPAPER = re.compile(
    r"\b(?:times|post|daily|herald|tribune|news|nation|express|guardian|telegraph|gazette|mail|reuters|associated press|"
    r"afp|dpa|xinhua|bbc|cnn|standard|chronicle|observer|star|mirror|independent|journal online|monitor|press trust|weekly|"
    r"sunday|le monde|dawn|hindu|mainichi|asahi|yomiuri|nikkei|spiegel|zeitung|economist|newspaper|online|shimbun|kyodo)\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|review|quarterly|annals|bulletin|studies|transactions|letters|affairs|politics|perspectives)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:ministry|department|government|embassy|board|bank|fund|commission|council|bureau|agency|secretariat|united nations|authority|institute|"
    r"centre|center|initiative|organi[sz]ation|committee|office)\b",
    re.IGNORECASE,
)


def citation_type(cited: Citation, labels: Collection[str]) -> str:
    """Return the CSL type of a work ("book", "article-journal", ...), "document" where its form tells none.

    Args:
        cited: what was read; its own type is not looked at.
        labels: the labels of the parts that were read.
    """
    text = cited.text
    outside = _outside_quotes(text)
    container, title = cited.container_title, cited.title
    day = cited.issued is not None and day_of(cited.issued) is not None
    if TALK.search(text):
        return "personal_communication"
    if _INTERVIEW.search(outside) and not cited.volume:
        return "interview"
    if _THESIS.search(cited.genre) or (not container and _THESIS.search(outside)):
        return "thesis"
    if not container and not cited.volume and _SPEECH.search(outside):
        return "speech"
    if _SERIES.search(container) or (
        _TREATY.match(title) and not (cited.authors or container or cited.publisher or cited.volume)
    ):
        return "treaty"
    if _CONFERENCE.search(container) or (_CONFERENCE.search(cited.genre) and not cited.volume):
        return "paper-conference"
    if container:
        return _of_container(cited, labels, day)
    if _LAW.search(title) and not (cited.authors or cited.publisher):
        return "legislation"
    if cited.genre and _REPORT.search(cited.genre):
        return "report"
    if cited.publisher:
        if cited.url and not (cited.authors and (cited.publisher_place or cited.issued)):
            return "webpage"
        return "report" if _BODY.search(cited.publisher) or _REPORT_TITLE.search(title) else "book"
    if cited.url:
        return "webpage"
    if _REPORT_TITLE.search(title) or cited.genre:
        return "report"
    return "book" if cited.publisher_place and cited.authors and not day else "document"


def _of_container(cited: Citation, labels: Collection[str], day: bool) -> str:
    """Return the type of what stands in another work: a paper, a journal, a book."""
    container = cited.container_title
    paper, journal = _NEWSPAPER.search(container) is not None, _JOURNAL.search(container) is not None
    if cited.editors or ("container" in labels and cited.publisher):
        return "chapter"
    if (cited.volume or cited.issue) and not (day and paper):
        return "article-journal"
    if not journal and (day or paper):
        return "webpage" if cited.url and not paper else "article-newspaper"
    if journal or "journal" in labels:
        return "article-journal"
    return "chapter" if cited.page else "document"


def _outside_quotes(text: str) -> str:
    parts, at = [], 0
    for start, end in quoted(text):
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])
