"""What stands around prose in pages, mails and papers: labels, captions, bylines, headers, lists of links, references.

Nobody reports an event there, yet headlines, captions and titles read like reports. A line is furniture where a sign says
so at its beginning, or where it stands in a list that such a line heads; what is merely short is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Labels whose line goes on with a colon or a dash, or ends.
_LABEL = re.compile(
    r"""(?:related(?:[ ](?:articles?|stories|story|content|links?|coverage|reading|topics?|news|posts?))?
    |(?:recommended|trending|popular)(?:[ ](?:for[ ]you|reading|now|articles|stories|posts))?
    |most[ ](?:read|popular|viewed|shared)|(?:latest|top|breaking|other|more)[ ](?:news|stories|headlines|articles)
    |more[ ](?:on[ ]this(?:[ ]story|[ ]topic)?|from[ ].{1,40}|about[ ].{1,40})|read[ ](?:more|also|next|the[ ]full[ ](?:story|article))(?:[ ](?:here|about[ ].{1,40}))?
    |also[ ](?:read|see|watch)|see[ ](?:also|more)|you[ ](?:may|might)[ ]also[ ](?:like|be[ ]interested[ ]in)|don['’]?t[ ]miss|in[ ]case[ ]you[ ]missed[ ]it
    |in[ ](?:pictures|this[ ](?:section|article|issue))|editor['’]?s['’]?[ ](?:picks?|choice)|up[ ]next|(?:next|previous)[ ](?:article|story|post)
    |share(?:[ ](?:this|on|via|with)\b.{0,40})?|tweet(?:[ ]this)?|follow[ ]us(?:[ ]on[ ].{1,40})?|(?:watch|listen)(?:[ ](?:now|live|more|here|the[ ]video))?|live(?:[ ]updates?)?
    |videos?|audio|podcasts?|tags?|tagged(?:[ ](?:as|with))?|filed[ ](?:under|in)|topics?|categor(?:y|ies)|key[ ]?words?
    |(?:file[ ])?(?:photo|photograph|image|picture|video)s?(?:[ ](?:credits?|captions?|sources?|courtesy|by)\b.{0,40})?|captions?|credits?|sources?
    |(?:sign[ ]up|subscribe|register|click[ ]here|tap[ ]here|read[ ]more)\b.{0,80})\s*(?::|[|–—]|-\s|\Z)""",
    re.VERBOSE,
)
# "Source: AP reporters in Cairo said that ...": behind the label somebody says something, as prose does and no line of a source.
_SAID = re.compile(
    r"sources?\s*[:–—-]\s(?=.*\b(?:said|says|told|added|(?:confirmed|reported|stated) that)\s).{40,}\.[\"”’)]*\Z",
    re.IGNORECASE,
)
# Beginnings that say it alone.
_PHRASE = re.compile(
    r"""share[ ]this\b|share[ ]on[ ](?:facebook|twitter|x|whatsapp|linkedin)|click[ ]here\b|sign[ ]up[ ](?:for|to|now|here)\b|subscribe[ ](?:to|now|here)\b|skip[ ]to[ ]
    |advertisement\s*\Z|accept[ ](?:all[ ])?cookies|manage[ ]cookies|(?:this|our|the)[ ](?:web)?site[ ](?:uses|stores)[ ]cookies|all[ ]rights[ ]reserved|follow[ ]@|@\w+\s*\Z
    |(?:we|by|you|this)\b.{0,160}\bcookies?\b|by[ ]continuing[ ]to[ ](?:use|browse)|download[ ](?:our|the)[ ]app|terms[ ](?:of[ ](?:use|service)|and[ ]conditions)\s*(?:\Z|\|)
    |(?:privacy|cookies?)[ ]policy|log[ ]in\b|leave[ ]a[ ](?:comment|reply)|\d+[ ]comments?\s*\Z|comments?[ ]?\(\d+\)|post[ ]navigation|print[ ]this|e-?mail[ ]this
    |(?:©|\(c\)[ ]?(?:19|20)|copyright[ ](?:©|\(c\)|by|19|20|of))|©
    |\(?(?:ap|file|afp|reuters|epa)?[ ]?photos?(?:graph)?[ ]?(?:by|/|:|courtesy)|file[ ](?:-|–|—|photo)|image[ ]caption\b|photo[ ]caption\b
    |sent[ ]from[ ]my[ ]|-{2,}[ ]?(?:original|forwarded)[ ]message|begin[ ]forwarded[ ]message|on[ ].{6,120}[ ]wrote:\s*\Z
    |(?:available|retrieved|accessed)[ ](?:at|from|on|online)\b.{0,20}https?://""",
    re.VERBOSE,
)
_REPORTED_BY = re.compile(
    r"\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ee]dited|[Tt]ranslated)(?: and (?:writing|editing))? by "
    r"(?:(?:[A-Z][\w.'’-]*+|and|in|the|,)[, ]*+){1,40}+(?:;|\)|\.?\Z)"
)
# The end of a caption: "(AP Photo/Jane Roe)", "/AFP via Getty Images)", "[Reuters/Jane Roe]".
_CREDIT = re.compile(
    r"[(\[][^()\[\]]{0,80}(?:photo|getty images|(?:reuters|afp|epa|ap)/)[^()\[\]]{0,80}[)\]]\s*\Z", re.IGNORECASE
)
_BYLINE = re.compile(
    r"by (?:[A-Z][\w.'’-]*|de|la|van|von|bin|al)(?: (?:[A-Z][\w.'’-]*|de|la|van|von|bin|al|and|in|of|for|the|with|&))*(?:, (?:(?:[A-Z][\w.'’-]*+|and|in|of|for|the|&) *+)++){0,4}\Z"
)
# Dots before a page's number; a numbered title of a part, a table or a figure.
_CONTENTS = re.compile(r"(?:(?:\.[ ]?){4,}|(?:…[ ]?){2,})\d{1,3}\Z")
_NUMBERED = re.compile(
    r"(?:chapter|section|part|annex|appendix|table|figure|fig\.|box|map|chart|graph) [\divx]{1,5}(?:\.\d+)?\s?[.:–—-] ?"
)
_AUTHOR = re.compile(
    r"(?:\[\d{1,3}\] ?|\d{1,3}\.\s+|[-*•] )?[^\W\d_][\w'’-]+, (?:[^\W\d_]\.[ -]?){1,3}(?:[,(&]| and|et al)"
)
_AUTHOR_IN_FULL = re.compile(r"(?:\[\d{1,3}\] ?|\d{1,3}\.\s+)?[^\W\d_][\w'’-]+, [^\W\d_]+(?: [^\W\d_]\.)?\. [\"“']")
_CITED = re.compile(
    r"\bhttps?://|\bdoi\b|\bvol\. ?\d|\bno\. ?\d|\bpp?\. ?\d|\bISBN\b|\bibid\b|\bop\. cit\b|, \d{1,3}\(\d{1,3}\)|[\"”’] "
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NAVIGATION = re.compile(r"[^|»›•·]{1,40}(?: [|»›•·] [^|»›•·]{1,60}){2,}\Z")
_HEADER = re.compile(
    r"(?:from|to|cc|bcc|subject|date|sent|reply-to|message-id|content-[\w-]+|mime-version|received|return-path|x-[\w-]+|in-reply-to|references|importance|attachments?|delivered-to|list-[\w-]+|user-agent|thread-[\w-]+|dkim-signature|authentication-results)\s?:(?:\s|\Z)"
)
_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+")
_WROTE = re.compile(r"wrote:\s*\Z")
_CLOSING = re.compile(
    r"(?:(?:best|kind|warm|many)[ ])?(?:regards|thanks|wishes)|(?:yours[ ])?(?:sincerely|faithfully|truly)|best|cheers|respectfully(?: yours)?"
)
# Heads of lists that go on below them; and of references.
_HEADS = frozenset(
    {
        "menu",
        "main menu",
        "navigation",
        "sections",
        "contents",
        "table of contents",
        "list of tables",
        "list of figures",
    }
)
_REFERENCES = frozenset({"references", "bibliography", "works cited", "further reading", "sources"})
_TAG_LINE = re.compile(
    r"\s*<(?:(?:li|p|div|span|nav|td)\b[^<>]{0,300}>\s*<)?(?:a|option|title|img|meta|link|button|figcaption)\b[^<>]{0,600}>[^<>]{0,300}(?:</?\w+>\s*){0,3}\Z",
    re.IGNORECASE,
)
_HIDDEN = ((re.compile(r"\s*<(script|style)\b", re.IGNORECASE), "</"), (re.compile(r"\s*<!--"), "-->"))
_BULLET = re.compile(r"\s*(?:[-*•▪–]|\d{1,2}[.)])\s+")
_STOPS = (".", "!", "?", "…", '."', ".”", ".’", ".)", '?"', "?”")
# A line longer than this is prose, whatever stands at its beginning; a link or a headline is shorter than the second.
_LONGEST, _HEADLINE, _SIGNED = 400, 140, 80
# So many lines a signature has at most.
_SIGNATURE = 8
_FIRST_WORD = re.compile(r"[\s\"'“(\[]*([^\W_]+|[©@])")
# The first words of all labels and phrases, for a quick look.
_FIRST = frozenset(
    """related recommended trending popular most latest top breaking other more read also see you don don't in editor editors up next previous share
    tweet follow watch listen live video videos audio podcast podcasts tag tags tagged filed topic topics category categories key keyword keywords
    file photo photograph photos photographs image images picture pictures caption captions credit credits source sources sign subscribe register
    click tap skip advertisement accept manage this our the all we by download terms privacy cookie cookies log leave comment comments post print
    email e c copyright © @ additional reporting writing editing compiled edited translated ap afp reuters epa sent begin on available retrieved
    accessed original forwarded chapter section part annex appendix table figure fig box map chart graph""".split()
)


def is_furniture(line: str) -> bool:
    """Whether a line or a sentence is told as furniture by itself: a label, a caption, a byline, a reference."""
    if len(line) > _LONGEST:
        return False
    first = _FIRST_WORD.match(line)
    if first is None:
        return line.startswith("--") and _PHRASE.match(line.lower()) is not None
    low = first[1].lower()
    if low in _FIRST or low.isdecimal():
        said = line.strip().lower()
        if _LABEL.match(said) and _SAID.match(said) is None:
            return True
        if _PHRASE.match(said) or _NUMBERED.match(said):
            return True
        if _REPORTED_BY.match(line.strip()):
            return True
        if low == "by" and _BYLINE.match(f"by{line.strip()[2:]}"):
            return True
    if line[-1:] in ")]" and _CREDIT.search(line, max(0, len(line) - 200)):
        return True
    return (
        _is_reference(line)
        or (line[-1:].isdecimal() and _CONTENTS.search(line, max(0, len(line) - 60)) is not None)
        or (
            (" | " in line or " » " in line or " › " in line)
            and _NAVIGATION.match(line) is not None
            and not line.endswith(_STOPS)
        )
    )


def _is_reference(line: str) -> bool:
    """Whether a line is an entry of a bibliography: an author before the initials, and a year or a place in print."""
    if line.startswith("[") and line[1:2].isdecimal():
        return _CITED.search(line) is not None
    if line.find(", ", 0, 40) < 0:
        return False
    if _AUTHOR.match(line) is not None:
        return _YEAR.search(line) is not None
    return _AUTHOR_IN_FULL.match(line) is not None and _CITED.search(line) is not None


def furniture_in(lines: Sequence[str]) -> list[bool]:
    """Return for each line of a text whether it is furniture, by itself or by the lines around it; blank lines are none."""
    reader = _Reader(lines)
    for number in range(len(lines)):
        reader.read(number)
    return reader.found


class _Reader:
    """Lines read from the first to the last, with what the lines before say of the next."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.found = [False] * len(lines)
        self.mail = any(
            _WROTE.search(line, max(0, len(line) - 12)) or _is_header(lines, n) for n, line in enumerate(lines)
        )
        self.open = True  # whether a line may begin something new here
        self.list = False  # whether a list of links goes on
        self.references = False
        self.comments = False
        self.signature = 0  # how many lines a signature may still have
        self.hidden = ""  # the sign that ends a script or a remark
        self.headers = False

    def read(self, number: int) -> None:
        """Judge a line."""
        line = self.lines[number].strip()
        if not line:
            self.open, self.headers = True, False
            self.signature = self.signature if self.signature == _SIGNATURE else 0
            return
        told = self._told(number, line)
        self.found[number] = told
        if told:
            self.open = True
            return
        self.list = False
        self.open = line.endswith(_STOPS) or len(line) < _HEADLINE // 3 or len(line) > _HEADLINE

    def _told(self, number: int, line: str) -> bool:
        if self.hidden:
            self.hidden = "" if self.hidden in line else self.hidden
            return True
        low = line.lower().rstrip(":,. ")
        if line.startswith("<"):
            for sign, end in _HIDDEN:
                if sign.match(line):
                    self.hidden = "" if end in line[2:] else end
                    return True
            if _TAG_LINE.match(line):
                return True
        if self.signature:
            self.signature -= 1
            if len(line) <= _SIGNED and not line.endswith(_STOPS):
                return True
            self.signature = 0
        if line in ("--", "-- ") or (len(line) < 30 and _CLOSING.fullmatch(low)):
            self.signature = _SIGNATURE
            return True
        if self.mail and _QUOTED.match(line):
            return True
        if _is_header(self.lines, number) or (self.headers and self.lines[number][:1] in " \t"):
            self.headers = True
            return True
        if self._in_list(line):
            return True
        if low in _HEADS or low in _REFERENCES:
            self.list, self.references = low in _HEADS, low in _REFERENCES
            return True
        before = number and self.found[number - 1]
        if before and line[0].islower() and not self.lines[number - 1].rstrip().endswith(_STOPS):
            return True
        if not self.open:
            return False
        if self.mail and _WROTE.search(line, max(0, len(line) - 12)):
            return True
        if is_furniture(line):
            self.list = _LABEL.fullmatch(low) is not None
            self.comments = self.comments or low.startswith("comment")
            return True
        return False

    def _in_list(self, line: str) -> bool:
        """Whether a line goes on with a list of links, of references or of comments."""
        if self.references and len(line) <= _LONGEST and (_YEAR.search(line) or _CITED.search(line)):
            return True
        if self.comments and re.match(r"[^:.]{2,40} (?:says?|wrote|replied):", line):
            return True
        bare = _BULLET.sub("", line, count=1)
        return self.list and len(bare) <= _HEADLINE and not bare.endswith(_STOPS)


def _is_header(lines: Sequence[str], number: int) -> bool:
    """Whether a line is a header of a mail: one of two together, or the subject."""
    line = lines[number]
    if ":" not in line[:40] or _HEADER.match(line[:40].lower()) is None:
        return False
    if line[:8].lower() == "subject:":
        return True
    beside = (lines[number - 1] if number else "", lines[number + 1] if number + 1 < len(lines) else "")
    return any(":" in other[:40] and _HEADER.match(other[:40].lower()) for other in beside)
