"""Mails as they are saved (RFC 5322, MIME): who wrote when and on what, and the writer's own words.

The plain text is read where a mail has one, else its page. What a mail quotes of earlier ones (lines behind ">", all below
"Original Message") is another day's word: it is kept as text that nobody codes. Attachments are files of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from comity.documents.composition import merged
from comity.documents.decoding import decode
from comity.documents.drafts import Draft, Reading
from comity.documents.names import is_person, parse_names
from comity.documents.text import read_text
from comity.documents.trace import Traced
from comity.terms import BlockKind, Citation, Name, Period, UnreadableSource

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MEDIA_TYPE = "message/rfc822"
# The fields of a header that machines write: a text that somebody pasted a few headers into has none of them.
_MACHINE = re.compile(
    rb"^(?:received|return-path|message-id|mime-version|delivered-to|dkim-signature|content-type|x-[\w-]+):",
    re.I | re.M,
)
_SENDER = re.compile(rb"^(?:from|sender):", re.I | re.M)
_FIELD = re.compile(rb"[!-9;-~]{1,76}:")
# "From jane@x.org Wed Jan  3 10:00:00 2018": the sender, and the day as asctime writes it (RFC 4155, appendix A), with the zone
# that some programs add; Mozilla writes "-" for the sender.
_POSTMARK = re.compile(
    rb"From \S{1,200} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d \d\d:\d\d(?::\d\d)?"
    rb"(?: (?:[+-]\d{4}|[A-Z]{1,5}))? \d{4}(?: [+-]\d{4})?[ \t]*\r?\n(?=[!-9;-~]{1,76}:)"
)
# The first letters of a field of a header in UTF-16, with a mark or without.
_WIDE = re.compile(rb"(?:\xff\xfe)?(?:[A-Za-z-]\x00){2}|(?:\xfe\xff)?(?:\x00[A-Za-z-]){2}")
_HEAD = 64 * 1024
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|sv|tr)\s*:\s*)+", re.IGNORECASE)
# Where the text of an earlier mail begins that bears no ">": a rule with words, a header, or who wrote it at what hour or address.
_RULE_WORDS = (
    r"original message|forwarded message|urspr[üu]ngliche nachricht|weitergeleitete nachricht|message d['’]origine|message transf[ée]r[ée]"
    r"|mensaje original|mensaje reenviado|messaggio originale|mensagem original|oorspronkelijk bericht"
)
_FROM = r"\*?(?:from|von|de|da|van)[ ]?:\*?[ \t]*\S.*\n"
_FIELDS = r"(?:\*?(?:sent|date|to|cc|gesendet|datum|an|envoy[ée]|à|enviado|el|para|inviato|data|a|verzonden|aan)[ ]?:\*?.*\n)+"
_SUBJECT = r"\*?(?:subject|betreff|objet|asunto|oggetto|assunto|onderwerp)[ ]?:"
_WROTE = (
    r"(?=(?:.{0,200}\n)?.{0,200}(?:\d{1,2}[:.h]\d\d|\S@\S))"
    r"(?:(?:on|am|el|il|em|le|op|den)\b.{5,200}(?:\n.{0,80})?\b(?:wrote|schrieb\b.{0,100}|escribi[óo]|a[ ]scritto|escreveu|a[ ][ée]crit|schreef\b.{0,100}|skrev\b.{0,100})[ ]?:)"
)
_EARLIER = re.compile(
    rf"^[ \t]*(?:-{{2,}}[ ]?(?:{_RULE_WORDS})[ ]?-{{2,}}|begin forwarded message:|_{{20,}}[ \t]*\n(?:[ \t]*\n){{0,3}}[ \t]*{_FROM}"
    rf"|{_FROM}{_FIELDS}{_SUBJECT}|{_WROTE}[ \t]*\n(?:[ \t]*\n){{0,3}}[ \t]*(?=[^\s>]))",
    re.IGNORECASE | re.MULTILINE,
)
# Where Outlook's pages have the header of the mail that is answered, below a rule; all after it is of that mail.
_RULED = "//*[@id='divRplyFwdMsg'] | //div[contains(translate(@style, ' ', ''), 'border-top:solid')]"
_HEADER = re.compile(
    r"\s*(?:from|von|de|da|van)\s?:.{1,2000}\b(?:subject|betreff|objet|asunto|oggetto|assunto|onderwerp)\s?:",
    re.IGNORECASE | re.DOTALL,
)
_QUOTING = "//blockquote[@type='cite'] | //*[contains(concat(' ', @class, ' '), ' gmail_quote ')] | //*[@id='appendonsend']/following-sibling::*"
_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_DELIMITER = re.compile(rb"^--([^\r\n]{1,203}?)(?:--)?[ \t]*\r?$", re.MULTILINE)
_MOST_PARTS = 1000
# A plain text of fewer than one word in so many of the page's only says that there is a page.
_POOR = 2
_DAMAGED = "Save the mail again from the program that holds it."


def is_mail(content: bytes) -> bool:
    """Whether a file begins with the header of a mail as programs save it, or holds one such mail."""
    content = _narrow(content)
    return _is_header(content.removeprefix(b"\xef\xbb\xbf")) or (
        _POSTMARK.match(content) is not None and not is_mailbox(content)
    )


def is_mailbox(content: bytes) -> bool:
    """Whether a file holds several mails one after the other (mbox)."""
    content = _narrow(content)
    return _POSTMARK.match(content) is not None and len(_messages(content)) > 1


def read_mail(content: bytes, name: str) -> Reading:
    """Read a mail.

    Raises:
        UnreadableSource: it holds several mails, is encrypted, damaged, or has no text.
    """
    content = _narrow(content)
    if is_mailbox(content):
        raise UnreadableSource(
            name, f"this is a mailbox of {len(_messages(content)):,} mails", remedy="comity add takes each by itself."
        )
    message = _parsed(content, name)
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
        raise UnreadableSource(
            name, "the mail is encrypted", remedy="Save it decrypted from the program that reads it."
        )
    known, warnings = _citation(message)
    headers = [f"{label}: {value}" for label in ("From", "To", "Cc", "Date") if (value := _header(message, label))]
    subject = _header(message, "Subject")
    text, page, more = _body(message, name)
    reading = _of_page(page, headers, subject, name) if page else _of_text(text, headers, subject, name)
    if page and text:
        reading.drafts += [Draft(BlockKind.FRONT, Traced(line.strip())) for line in text.splitlines() if line.strip()]
    reading.bibliography = merged(known, reading.bibliography)
    reading.media_type = MEDIA_TYPE
    reading.warnings[:0] = [*warnings, *more]
    attached = [_file_name(part) or part.get_content_type() for part in _attached(message)]
    if attached:
        reading.warnings.append(
            f"Attachments are files of their own and no part of this text: {', '.join(attached[:20])}."
        )
    return reading


def mails_in(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the mails of a mailbox, or the attachments of a mail that may be documents, each with a file's name."""
    content = _narrow(content)
    if _POSTMARK.match(content) and is_mailbox(content):
        for number, message in enumerate(_messages(content), 1):
            yield f"{PurePath(name).stem}-{number:03d}.eml", message
        return
    if not is_mail(content):
        return
    for number, part in enumerate(_attached(_parsed(content, name)), 1):
        if part.get_content_maintype() in ("image", "audio", "video") or "signature" in part.get_content_type():
            continue
        called = _file_name(part)
        attached: bytes | None = None
        with suppress(Exception):  # what is damaged in a mail is damaged in many ways; the mail's warning names it
            if part.get_content_type() == "message/rfc822":
                attached = cast(EmailMessage, part.get_payload(0)).as_bytes()
                called = f"{PurePath(name).stem}-attached-{number}.eml"
            else:
                attached = cast(bytes, part.get_payload(decode=True))
        if attached:
            yield called or f"{PurePath(name).stem}-attached-{number}", attached


def _narrow(content: bytes) -> bytes:
    """A mail that was saved as UTF-16, which no mail is sent in, with its text in UTF-8."""
    if not _WIDE.match(content):
        return content
    try:
        return decode(content, "")[0].encode("utf-8", "replace")
    except UnreadableSource:
        return content


def _is_header(content: bytes) -> bool:
    """Whether the first lines are fields of a header, one who sent it among them, and one that a program wrote."""
    head = content[:_HEAD].replace(b"\r\n", b"\n")
    block, end, _ = head.partition(b"\n\n")
    if not end and len(content) > _HEAD:
        block = block.rpartition(b"\n")[0]
    if not _MACHINE.search(block) or not _SENDER.search(block):
        return False
    lines = block.split(b"\n")
    return _FIELD.match(lines[0]) is not None and all(
        _FIELD.match(line) or line[:1] in b" \t" for line in lines if line
    )


def _messages(content: bytes) -> list[bytes]:
    """The mails of a mailbox, their lines that were shifted by ">From " put back."""
    begins = [
        match.start()
        for match in re.finditer(rb"^" + _POSTMARK.pattern, content, re.MULTILINE)
        if match.start() == 0 or content[max(match.start() - 4, 0) : match.start()].endswith((b"\n\n", b"\r\n\r\n"))
    ]
    found = []
    for begin, end in zip(begins, [*begins[1:], len(content)], strict=True):
        body = content[begin:end].partition(b"\n")[2]
        found.append(re.sub(rb"^>(>*From )", rb"\1", body, flags=re.MULTILINE))
    return found


def _parsed(content: bytes, name: str) -> EmailMessage:
    content = content.removeprefix(b"\xef\xbb\xbf")
    if _POSTMARK.match(content):
        content = content.partition(b"\n")[2]
    # Counted before they are parsed, which takes many times as long.
    bounds = {quoted or bare for quoted, bare in _BOUNDARY.findall(content)}
    if bounds and sum(found[1] in bounds for found in _DELIMITER.finditer(content)) > 2 * _MOST_PARTS:
        raise UnreadableSource(name, f"the mail has more than {_MOST_PARTS:,} parts", remedy=_DAMAGED)
    try:
        message = message_from_bytes(content, policy=default)
        if sum(1 for _ in zip(message.walk(), range(_MOST_PARTS + 1), strict=False)) > _MOST_PARTS:
            raise UnreadableSource(name, f"the mail has more than {_MOST_PARTS:,} parts", remedy=_DAMAGED)
    except RecursionError as error:
        raise UnreadableSource(name, "the mail's parts are nested too deep", remedy=_DAMAGED) from error
    except (MessageError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise UnreadableSource(name, "the mail is damaged", remedy=_DAMAGED) from error
    return message


def _header(message: EmailMessage, label: str) -> str:
    """A field's text with its encoded words read, on one line; as it stands where it is malformed."""
    try:
        value = str(message.get(label, ""))
    except Exception:  # the library's parsers of fields fail in many ways on what is malformed
        value = next((str(v) for k, v in message.raw_items() if k.lower() == label.lower()), "")
    value = value.encode("utf-8", "replace").decode()
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _citation(message: EmailMessage) -> tuple[Citation, list[str]]:
    """Who wrote the mail, when and on what; what could not be told in words."""
    subject = _REPLY.sub("", _header(message, "Subject"))
    authors: tuple[Name, ...] = ()
    senders = getaddresses([_header(message, "From")])[:1]
    if senders and senders[0][0]:
        shown = senders[0][0].strip("\"' ")
        family, comma, given = shown.partition(", ")
        shown = f"{given} {family}" if comma and is_person(f"{given} {family}") else shown
        authors = parse_names(shown) if is_person(shown) else (Name(literal=shown),)
    sent = _sent(_header(message, "Date"))
    warnings = [] if sent is not None else ["The mail does not say on which day it was sent."]
    issued = None if sent is None else Period.of_day(sent.year, sent.month, sent.day)
    return Citation(type="personal_communication", title=subject, authors=authors, issued=issued), warnings


def _sent(value: str) -> datetime | None:
    """The day on which the mail was sent, where its writer was."""
    try:
        sent = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        try:  # some programs write it as ISO 8601 does
            sent = datetime.fromisoformat(value)
        except ValueError:
            return None
    return sent if sent.year >= 1970 else None


def _body(message: EmailMessage, name: str) -> tuple[str, str, list[str]]:
    """The text of a mail, the page where it has no text worth the name, and what had to be assumed to read them."""
    found: dict[str, tuple[str, list[str]]] = {}
    attached = {id(part) for part in _attached(message)}
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or id(part) in attached or kind in found:
            continue
        try:
            content = part.get_payload(decode=True)
        except Exception:  # as in `_header`
            continue
        if isinstance(content, bytes) and content.strip():
            declared = str(part.get_param("charset", "", unquote=True) or "")
            found[kind] = decode(content, name, declared="" if declared.lower() in ("us-ascii", "ascii") else declared)
    text, said = found.get("text/plain", ("", []))
    page, page_said = found.get("text/html", ("", []))
    marked = "<html" in text[:200].lower()
    if text.strip() and not marked:
        words = text.split()
        # What stands in the page too is not said twice.
        shown = _words_of(page) if page and len(words) * _POOR < len(page.split()) else []
        if len(words) * _POOR >= len(shown):
            return text, "", said
        return ("" if set(words) <= set(shown) else text), page, page_said
    if not page and not text:
        raise UnreadableSource(name, "the mail has no text", remedy="Add its attachments as files of their own.")
    return "", page or text, page_said if page else said


def _words_of(page: str) -> list[str]:
    """The words that a page shows."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return []
    etree.strip_elements(root, "script", "style", "head", with_tail=False)
    return " ".join(map(str, root.itertext())).split()


def _attached(message: EmailMessage) -> list[EmailMessage]:
    """The parts that are files: what bears a file's name or is no text, and mails within the mail."""
    found: list[EmailMessage] = []
    within: set[int] = set()
    for part in message.walk():
        if id(part) in within:
            continue
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not message:
            found.append(part)
            within.update(id(each) for each in part.walk())
        elif not part.is_multipart() and (
            _file_name(part) or _is_attachment(part) or kind not in ("text/plain", "text/html")
        ):
            found.append(part)
    return [] if len(found) == 1 and found[0] is message else found


def _is_attachment(part: object) -> bool:
    try:
        return cast(EmailMessage, part).get_content_disposition() == "attachment"
    except Exception:  # as in `_header`
        return False


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # as in `_header`
        return ""
    return PurePath(name.encode("utf-8", "replace").decode().replace("\\", "/")).name


def _of_text(text: str, headers: list[str], subject: str, name: str) -> Reading:
    """Read headers and text as a mail that was pasted into a file is read; earlier mails below it are kept apart."""
    text = text.replace("\r\n", "\n")
    earlier = _EARLIER.search(text)
    own = text[: earlier.start()] if earlier else text
    head = "\n".join([*headers, f"Subject: {subject or 'none'}"]) + "\n\n"
    reading = read_text(head + own, name)
    if earlier and text[earlier.start() :].strip():
        lines = (head + own).count("\n")
        _keep_apart(reading, read_text("\n" * lines + text[earlier.start() :], name))
    return reading


def _of_page(page: str, headers: list[str], subject: str, name: str) -> Reading:
    """Read a mail's page; what it quotes of earlier mails is kept apart."""
    from comity.documents.limits import refuse_tags
    from comity.documents.web import read_html

    refuse_tags(page, name)
    own, earlier = _parted(page)
    reading = read_html(own, name)
    for draft in reading.drafts:  # its title is the subject
        if draft.kind is BlockKind.TITLE:
            draft.kind, draft.level = (BlockKind.PARAGRAPH if draft.text.text != subject else BlockKind.FRONT), 0
    head = [Draft(BlockKind.FRONT, Traced(line)) for line in headers]
    if subject:
        head.append(Draft(BlockKind.TITLE, Traced(subject), level=1))
    reading.drafts[:0] = head
    reading.bibliography = Citation()
    if earlier:
        _keep_apart(reading, read_html(earlier, name))
    return reading


def _parted(page: str) -> tuple[str, str]:
    """The page without the mails that it quotes, and those."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(
            page, parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        )
        quoted = _quoted(root)
    except (etree.LxmlError, ValueError):
        try:
            root = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
            quoted = _quoted(root)
        except (etree.LxmlError, ValueError):
            return page, ""
    kept: list[str] = []
    below = {id(element) for element in _ruled(root)}
    for element in quoted:
        if element.getparent() is not None and not any(above in quoted for above in element.iterancestors()):
            kept.append(html.tostring(element, encoding="unicode", with_tail=id(element) in below))
            if id(element) in below:
                element.tail = None
            element.drop_tree()
    if not kept:
        return page, ""
    return html.tostring(root, encoding="unicode"), "<div>" + "\n".join(kept) + "</div>"


def _quoted(root: HtmlElement) -> list[HtmlElement]:
    """The parts of a page that programs write around the mails that are answered."""
    return [*cast("list[HtmlElement]", root.xpath(_QUOTING)), *_ruled(root)]


def _ruled(root: HtmlElement) -> list[HtmlElement]:
    """The header of an earlier mail that stands below a rule, and what follows it."""
    for marked in cast("list[HtmlElement]", root.xpath(_RULED)):
        if not _HEADER.match(" ".join(map(str, marked.itertext()))[:4000]):
            continue
        above = marked.getparent()
        if above is not None and above.tag == "div" and len(above) == 1 and not (above.text or "").strip():
            marked = above
        return [marked, *(one for one in marked.itersiblings() if isinstance(one.tag, str))]
    return []


def _keep_apart(reading: Reading, earlier: Reading) -> None:
    """Append the text of earlier mails as what nobody codes."""
    for draft in earlier.drafts:
        if not draft.cells:
            draft.kind, draft.key, draft.label, draft.markers, draft.citations = BlockKind.FRONT, "", "", (), ()
            reading.drafts.append(draft)
    words = sum(len(draft.text.text.split()) for draft in earlier.drafts)
    if words:
        reading.warnings.append(f"Earlier mails that this one quotes ({words:,} words) are kept as text and not coded.")
