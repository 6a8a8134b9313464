"""Persons' names as bylines and references print them, with their titles kept apart."""

from __future__ import annotations

import re

from comity.language import MentionKind, find_mentions
from comity.terms import Name

_TITLE = (
    r"(?:(?:asst|assoc|assistant|associate)\.?\s+prof(?:essor)?|prof(?:essor)?|doctor|dr|mr|mrs|ms|miss|sir|dame|lord|lady|"
    r"h\.\s?e|his excellency|her excellency|hon|honou?rable|the hon|amb(?:assador)?|gen(?:eral)?|lt\.?\s?gen(?:eral)?|"
    r"lieutenant general|maj(?:or)?\.?\s?gen(?:eral)?|brig(?:adier)?|col(?:onel)?|lt\.?\s?col(?:onel)?|major|capt(?:ain)?|"
    r"adm(?:iral)?|air marshal|air commodore|justice|senator|minister|president|shri|smt|sheikh|syed)"
)
TITLE = re.compile(rf"(?:{_TITLE}\b\.?(?:\s*\((?:retd?|r)\.?\))?\s+)+", re.IGNORECASE)
_AFTER = re.compile(
    r",?\s+(?:ph\.?\s?d\.?|m\.?\s?phil\.?|m\.?a\.?|llm|mba|esq\.?|jr\.?|sr\.?|cbe|obe|kcmg|cmg|retd\.?|\(retd?\.?\))$",
    re.IGNORECASE,
)
_PARTICLES = frozenset("van von der den de del della di da dos du la le ibn bin bint al el ben ter ten zu af".split())
_WORD = r"(?:[A-ZÀ-ÖØ-ÞŠŽŁČĐ]\.(?:-?[A-Z]\.)*|[A-ZÀ-ÖØ-ÞŠŽŁČĐ][\w'’`´-]*\.?|(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ibn|bin|bint|al|el|al-\w+))"
_PERSON = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,4}}")
_INSTITUTION = re.compile(
    r"\b(?:ministry|department|directorate|embassy|commission|council|bureau|agency|institutes?|secretariat|organi[sz]ation|authority|"
    r"parliament|universit(?:y|ies)|foundation|committee|association|federation|corporation|office\s(?:of|for))\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:;|,?\s+and\s+|,?\s*&\s*|,?\s+with\s+)\s*")
# Initials as references print them: "J. R.", "J.-P.", "RE", "W".
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\.?\s?-?\s?){1,4}\.?")
_CAPITAL_INITIALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,3}")
_OTHERS = re.compile(r",?\s*(?:et\s+al\.?|and others|u\.\s?a\.)\s*$", re.IGNORECASE)


def parse_name(printed: str) -> Name:
    """Return one person's name: title, given names and family name told apart; a name that is none is literal."""
    text = " ".join(printed.split()).strip(" ,;:*")
    match = TITLE.match(text)
    title = match.group().strip() if match else ""
    rest = text[match.end() :] if match else text
    rest = _AFTER.sub("", rest).strip(" ,")
    if not rest or (not title and _is_body(rest)):
        return Name(literal=text)
    if "," in rest:
        family, _, given = (part.strip() for part in rest.partition(","))
        return Name(_cased(family), _cased(given), title) if given else Name(_cased(family), "", title)
    words = rest.split()
    if len(words) == 1:
        return Name(_cased(words[0]), "", title)
    if len(words) == 2 and _CAPITAL_INITIALS.fullmatch(words[1]) and not words[0].isupper():
        return Name(words[0], words[1], title)
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return Name(_cased(" ".join(words[first:])), _cased(" ".join(words[:first])), title)


def _is_body(text: str) -> bool:
    """Whether a name is that of a ministry, an agency or the like, by a word that no person's name has."""
    return "," not in text and not TITLE.match(text) and _INSTITUTION.search(text) is not None


def parse_names(printed: str) -> tuple[Name, ...]:
    """Return the names of a list: "Jane Doe and Dr John Roe", "Romero, C., & Dweck, C."."""
    text = _OTHERS.sub("", " ".join(printed.split()).strip(" ,;.:") + ".").strip(" ,;:")
    text = text[:-1] if text.endswith(".") and not re.search(r"\b[A-Z]\.$", text) else text
    parts = _BETWEEN.split(text)
    if _is_body(text) and not any(is_person(part) for part in parts):
        return (Name(literal=text),)  # "Ministry of Roads and Transport"
    names: list[Name] = []
    for part in parts:
        names += _listed(part.strip(" ,"))
    return tuple(name for name in names if name.full)


_MACHINE = re.compile(r"\busers?\b|\badmin(?:istrator)?\b|\boffice\b(?!\s(?:of|for)\b)|python-docx|\d", re.IGNORECASE)


def parse_creators(printed: str) -> tuple[Name, ...]:
    """Return who a file's properties say made it: persons, or an organisation that is known as one, as it stands: "World Bank".

    A single word and what a machine is called ("Microsoft Office User") are nobody's name.
    """
    text = " ".join(printed.split())
    if not 2 <= len(text.split()) <= 12 or _MACHINE.search(text):
        return ()
    begun = re.match(r"the\s+", text, re.IGNORECASE)
    first = next(iter(find_mentions(text)), None)
    if first is not None and first.kind is MentionKind.ORGANISATION and first.start in (0, begun.end() if begun else 0):
        return (Name(literal=text),)
    return parse_names(text)


def is_person(text: str) -> bool:
    """Whether a line can be nothing but a person's name: an optional title and two to five name words."""
    match = TITLE.match(text)
    rest = _AFTER.sub("", text[match.end() :] if match else text).strip(" ,*")
    return _PERSON.fullmatch(rest) is not None or (match is not None and re.fullmatch(_WORD, rest) is not None)


def are_persons(text: str) -> bool:
    """Whether a line lists nothing but persons."""
    return all(is_person(part.strip(" ,")) for part in re.split(r"\s*(?:;|,|\band\b|&)\s*", text) if part.strip(" ,"))


def _listed(text: str) -> list[Name]:
    """Return the names of a list without "and": "Romero, C., Paunesku, D." or "A. Cau, R. Kuiper"."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    names: list[Name] = []
    at = 0
    while at < len(parts):
        following = parts[at + 1] if at + 1 < len(parts) else ""
        inverted = _INITIALS.fullmatch(following) is not None and not re.match(r"[A-Z]\.\s?\w{2,}", parts[at])
        if not inverted and len(parts) == 2 and at == 0 and " " not in parts[0] and following:
            inverted = True  # "Adams, Nicholson B."
        if inverted:
            names.append(Name(_cased(parts[at]), following))
            at += 2
        else:
            names.append(parse_name(parts[at]))
            at += 1
    return names


def _cased(text: str) -> str:
    """Return a name in capitals as it is written otherwise: "MALIK" becomes "Malik"; initials stay."""
    if not text.isupper() or len(text) < 4 or "." in text:
        return text
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize() if len(word.group()) > 1 else word.group(), text)


_EDITING = re.compile(
    r"^\W*(?:in:?\s+|im\s+)|[\s,(\[]*\b(?:eds?|editors?|hrsg|hg|herausgegeben|comps?|dirs?|coord)\b[\s.)\],:]*|\bedited\s+by\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:ministry|department|dept|government|embassy|office|board|bank|fund|commission|council|bureau|agency|institut\w*|secretariat|"
    r"organi[sz]ation|centre|center|authority|parliament|united|nations|universit\w+|foundation|committee|press|group|initiative|"
    r"association|society|federation|union|company|corporation|corp|inc|service|division|staff|reporter|correspondent|editorial|agencies|house|"
    r"international|national|program(?:me)?|network|forum|alliance|team|collaboration|consortium)\b|\b(?:of|for|the)\b",
    re.IGNORECASE,
)


def parse_authors(printed: str) -> tuple[Name, ...]:
    """Return the names of a reference's author or editor part: persons, or one body as it stands."""
    text = _EDITING.sub(" ", " ".join(printed.split())).strip(" ,;:()[]*/")
    text = re.sub(r"^(?:and|und|et|by|von)\s+|\s+(?:and|&)$", "", text, flags=re.IGNORECASE).strip(" ,;:()[]*")
    if not re.search(r"[^\W\d_]", text):
        return ()
    if _BODY.search(text) or re.fullmatch(r"[A-Z]{3,}", text):
        return (Name(literal=text.rstrip(".")),)
    return parse_names(text)
