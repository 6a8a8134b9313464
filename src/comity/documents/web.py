"""HTML pages: the article without the page around it, its notes linked, its tables with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.drafts import Reading
from comity.documents.headings import STOP
from comity.documents.items import Item
from comity.documents.limits import refuse_long, refuse_many, refuse_tags
from comity.documents.markup import BLOCKS, flattened, without_data, without_struck
from comity.documents.metadata import PageHead, page_head, with_title
from comity.documents.pages import saved_from
from comity.documents.trace import Traced
from comity.documents.web_article import find_article
from comity.documents.web_beside import holds, is_stretch_of_prose, lists_works
from comity.documents.web_front import arranged, dated
from comity.documents.web_furniture import DROPPED, Verdict, is_hidden
from comity.documents.web_inline import Inline
from comity.documents.web_notes import find_notes
from comity.documents.web_scripts import scripted_text, show_unscripted
from comity.documents.web_tables import cells_of, is_layout, ragged, rows_of
from comity.documents.web_typed import Typed, is_code, typed_groups
from comity.terms import BlockKind, Citation, UnreadableSource

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MEDIA_TYPE = "text/html"
# Below Python's own limit of calls, which a page of nested marks would reach.
_MAX_DEPTH = 150
_TOO_DEEP = f"boolean({'/*' * (_MAX_DEPTH + 2)})"
# A page with so much text is not filled in by scripts, whatever its text is taken for.
_MUCH_TEXT = 500
_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§]{1,3})(?:\s?,\s?(?:\d{1,3}|[a-z]))*\s*[\])]?\s*", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|captions|wp-caption-text|thumbcaption|cutline)(?:$|[\s_-])|MsoCaption|wp-caption",
    re.IGNORECASE,
)
_UNPRINTED = re.compile(r"(?:^|[\s_-])(?:editsection|noprint)(?:$|[\s_-])", re.IGNORECASE)
_ARROWS = re.compile(r"[\s↑^↩⤴⬆\ufe0e\ufe0f]+|(?:[\s↑^↩⤴⬆\ufe0e\ufe0f]|\[\s*\])+$")


def read_html(text: str, name: str, saved: Citation | None = None) -> Reading:
    """Read a page; `saved` is what the file around it says of where and when it was saved."""
    text = without_data(text)
    refuse_tags(text, name)
    nulls = text.count("\0")
    first = text.count("\n", 0, text.index("\0")) + 1 if nulls else 0
    text = text.replace("\0", "") if nulls else text  # the parser would take the first for the page's end
    root, whole = _parsed(text, name)
    struck = without_struck(root)
    show_unscripted(root)
    head = page_head(root, saved or saved_from(text))
    page = _Page(root, name, head)
    items = page.items()
    known = with_title(head.citation, head.title(page.printed_title))
    typed = page.typed
    if typed.report is not None and typed.report.known is not None:
        known = merged(typed.report.known, known)
    acronyms = acronyms_in("\n".join(item.text for item in items))
    reading = compose(items, typed.labels, acronyms, known=known, guess=typed.report is not None)
    if typed.report is not None:
        typed.report.complete(reading)
    reading.bibliography = with_title(dated(reading.bibliography, items), head.page_title)
    reading.media_type = MEDIA_TYPE
    if nulls:
        reading.warnings.append(
            f"{nulls} null characters were left out (the first on line {first}); the page may be damaged."
        )
    if struck:
        reading.warnings.append(f"Text that the page strikes out ({struck:,} characters) was left out.")
    if page.beside:
        reading.warnings.append(
            f"Text in boxes beside the article ({page.beside:,} characters) is kept and not coded; see whether it belongs to it."
        )
    if page.hidden:
        reading.warnings.append(f"Text that the page does not show ({page.hidden:,} characters) was left out.")
    if not whole:
        reading.warnings.append("The page's parts are nested too deep; some of its text may be lost.")
    length = sum(len(draft.text.text) for draft in reading.drafts)
    prose = sum(len(draft.text.text) for draft in reading.drafts if draft.kind.is_prose)
    cells = any(draft.cells for draft in reading.drafts)
    scripted = scripted_text(root) if prose < _MUCH_TEXT and not cells else 0
    if scripted > max(_MUCH_TEXT, length):
        reading.warnings.append(
            f"Most of the page's text (some {scripted:,} characters) stands only in its scripts and was not read. "
            "Save the page from the browser once it is shown, or print it as PDF."
        )
    elif length <= _MUCH_TEXT and not prose and not cells:
        reading.warnings.append(
            "The page has no running text; it may be filled in by JavaScript. Save it from the browser once it is shown."
        )
    return reading


def _parsed(text: str, name: str) -> tuple[HtmlElement, bool]:
    """Return the page's root, and whether all of its text is in it; a page nested too deep is flattened first."""
    root, deep = _parse(text, name)
    if deep:
        root, deep = _parse(flattened(text), name)
    return root, not deep


def _parse(text: str, name: str, *, huge: bool = False) -> tuple[HtmlElement, bool]:
    """Return the page's root, and whether it is nested deeper than the parser, or this reader, follows."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=huge, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(
            name, "the page has no content", remedy="Save the page again from the browser."
        ) from error
    messages = [
        entry.message.lower()
        for entry in parser.error_log
        if entry.level_name == "FATAL" or "limit" in entry.message.lower()
    ]
    if not huge and any("limit" in message and "depth" not in message for message in messages):
        return _parse(text, name, huge=True)  # a script or a value of more than ten million characters
    gave_up = any("depth" in message for message in messages)
    return root, gave_up or bool(root.xpath(_TOO_DEEP))


class _Page:
    """A parsed page while its article is read."""

    def __init__(self, root: HtmlElement, name: str, head: PageHead) -> None:
        self._name = name
        self._notes = find_notes(root)
        self._article = find_article(root, (*head.titles, head.page_title), self._notes.homes)
        self._holders = _holders(root)
        self._cells = 0
        self._groups = 0
        self._past = False  # what the page names as the text of its article is behind
        self._works = False  # within a section of notes or references
        self._title: Item | None = None
        self.typed = self._typed()

    @property
    def printed_title(self) -> str:
        """The title as the page prints it; "" where no heading is one."""
        return self._title.text if self._title is not None else ""

    @property
    def beside(self) -> int:
        """How many characters of prose in boxes beside the article are set apart; 0 where these are few."""
        article = self._article
        few = article.marked and 10 * article.beside < article.weights[article.core].prose
        return 0 if few else article.beside

    @property
    def hidden(self) -> int:
        """How many characters of prose within the article the page does not show; 0 where these are few."""
        article = self._article
        length = 0
        for element, verdict in article.verdicts.items():
            if verdict is not Verdict.DROPPED or element.tag in DROPPED or not is_hidden(element):
                continue
            if holds(article.core, element):
                pieces = map(str.strip, element.itertext())
                length += sum(
                    len(one) for one in pieces if is_stretch_of_prose(one, stops=STOP.search(one) is not None)
                )
        return length if length > max(_MUCH_TEXT, article.weights[article.core].prose // 10) else 0

    def items(self) -> list[Item]:
        """Return the article's blocks in reading order, then its notes."""
        items = list(self._blocks(self._article.root, 0, verdict=Verdict.KEPT))
        heading = self._article.title
        if self._title is None and heading is not None:
            items[:0] = list(self._paragraph(heading, verdict=Verdict.KEPT))
        items = arranged(items, self._title)
        for key, note in self._notes.notes.items():
            inline = Inline(note.home.sourceline or 0)
            self._gather(note.home, inline, note=True, depth=0)
            text = inline.whole().text
            for _ in range(2):
                for lead in (
                    _ARROWS.match(text.text),
                    re.match(rf"[\[(]?{re.escape(note.label)}[\])]?[.:]?\s+(?=\S)", text.text),
                ):
                    text = text.cut(lead.end(), len(text.text)) if lead and lead.end() < len(text.text) else text
            tail = _ARROWS.search(text.text, max(len(text.text) - 12, 0))
            text = text.cut(0, tail.start()).strip() if tail and tail.end() == len(text.text) else text
            if text.text:
                items.append(Item(BlockKind.NOTE, [text], text, 0, label=note.label, key=key, clean=text))
        return items

    def _blocks(self, element: HtmlElement, depth: int, *, verdict: Verdict) -> Iterator[Item]:
        """Yield the blocks of an element; inline text between blocks is a paragraph of its own."""
        if element in self._notes.homes or element in self._notes.dropped:
            return
        told = self._article.verdicts.get(element)
        if told is Verdict.DROPPED or element.tag in DROPPED:
            return
        if told is Verdict.BESIDE or (told is Verdict.APART and verdict is Verdict.KEPT):
            verdict = told
        tag = element.tag
        if depth > _MAX_DEPTH:
            inline = Inline(element.sourceline or 0)
            inline.add("".join(element.itertext()))
            yield from self._flush(inline, element, verdict=verdict)
            return
        if tag == "table" and element not in self._article.flat and not is_layout(element, self._article.weights):
            if verdict is not Verdict.BESIDE or element.find("caption") is not None:
                yield from self._table(element)
            return
        if element in self.typed.items:
            yield from self._typed_at(element, verdict=verdict)
            return
        works = self._past and not self._works and lists_works(element)
        self._works = self._works or works
        if tag == "figure" and element.find(".//table") is not None:
            for caption in element.iter("figcaption"):
                yield from self._paragraph(caption, verdict=verdict, kind=None)
        if element not in self._holders:
            yield from self._paragraph(element, verdict=verdict)
        else:
            yield from self._children(element, depth, verdict=verdict)
        if works:
            self._works = False
        if element is self._article.body:
            self._past = True
        elif element is self._article.core:
            self._past = False

    def _typed(self) -> Typed:
        """Return the lines that the page sets as they were typed; a group with more than half of its text is read as the page's."""
        typed = Typed()
        article = self._article
        marks = {*self._notes.homes, *self._notes.markers}
        most = article.weights[article.core].text
        for group in typed_groups(article.root):
            length = sum(article.weights[one].text for one in group if one in article.weights)
            if length and not any(one in marks for element in group for one in element.iter()):
                alone = typed.report is None and 2 * length > most and not is_code(group[0])
                typed.read(group, self._name, alone=alone)
        return typed

    def _typed_at(self, element: HtmlElement, *, verdict: Verdict) -> Iterator[Item]:
        groups = self._groups
        for item in self.typed.items[element]:
            item.group += groups + 1
            self._groups = max(self._groups, item.group)
            refuse_long(self._groups, self._name)
            if verdict is not Verdict.KEPT and not item.cells and item.kind is not BlockKind.NOTE:
                item.kind, item.level = BlockKind.FRONT, 0
            yield item

    def _children(self, element: HtmlElement, depth: int, *, verdict: Verdict) -> Iterator[Item]:
        inline = self._inline_at(element)
        inline.add(element.text)
        for child in element:
            if not isinstance(child.tag, str):
                inline.add(child.tail)
                continue
            if child in self._notes.asides:
                inline.mark(self._notes.homes[child])
            elif child.tag in BLOCKS or (child not in self._notes.homes and child in self._holders):
                yield from self._flush(inline, element, verdict=verdict)
                if not (child.tag == "figcaption" and element.tag == "figure" and element.find(".//table") is not None):
                    yield from self._blocks(child, depth + 1, verdict=verdict)
                inline = self._inline_at(child)
            elif self._article.verdicts.get(child) is not Verdict.DROPPED:
                self._inline(child, inline, note=False, depth=depth + 1)
            inline.add(child.tail)
        yield from self._flush(inline, element, verdict=verdict)

    def _inline_at(self, element: HtmlElement) -> Inline:
        return Inline(element.sourceline or 0, self._notes.brackets)

    def _paragraph(
        self, element: HtmlElement, *, verdict: Verdict, kind: BlockKind | None = BlockKind.PARAGRAPH
    ) -> Iterator[Item]:
        inline = self._inline_at(element)
        self._gather(element, inline, note=False, depth=0)
        yield from self._flush(inline, element, verdict=verdict, plain=kind is None)

    def _flush(self, inline: Inline, element: HtmlElement, *, verdict: Verdict, plain: bool = False) -> Iterator[Item]:
        stretches = inline.stretches()
        if not stretches:
            return
        kind, level = (None, 0) if plain else _kind_of(element)
        beside = verdict is Verdict.BESIDE or (self._article.marked and element in self._article.around)
        apart = beside or verdict is Verdict.APART or (self._past and not self._works)
        if apart and not plain:
            kind, level = BlockKind.FRONT, 0
        titles = element is self._article.title
        for stretch in stretches:
            if element in self._article.around and not STOP.search(stretch.text.text):
                continue  # what is left of a line of links, beside the text
            if (
                beside
                and not titles
                and not is_stretch_of_prose(stretch.text.text, stops=bool(STOP.search(stretch.text.text)))
            ):
                continue
            self._groups += 1
            refuse_long(self._groups, self._name)
            lines = [line for line, _ in stretch.lines()] if kind is None else [stretch.text]
            item = Item(kind, lines, stretch.text, self._groups, level, clean=stretch.text, markers=stretch.markers)
            if titles and self._title is None:
                item.kind, item.level, item.parts = BlockKind.HEADING, 1, [stretch.text]
                self._title = item
            elif item.kind is BlockKind.HEADING and item.level == 1 and self._article.title is not None:
                item.level = 2
            elif kind is None and not plain and stretch.bold:
                item.starts_chunk = False  # arranged() makes it a heading where it stands in the body
            yield item

    def _gather(self, element: HtmlElement, inline: Inline, *, note: bool, depth: int, cell: bool = False) -> None:
        inline.add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                block = child.tag in BLOCKS
                if block:
                    inline.space()
                self._inline(child, inline, note=note, depth=depth + 1, cell=cell)
                if block:
                    inline.space()
            inline.add(child.tail)

    def _inline(self, element: HtmlElement, inline: Inline, *, note: bool, depth: int, cell: bool = False) -> None:
        notes = self._notes
        if element in notes.markers:
            if not note:
                inline.mark(notes.markers[element])
            return
        if element in notes.asides and not note:
            inline.mark(notes.homes[element])
            return
        if (
            element.tag in DROPPED
            or is_hidden(element)
            or element in notes.dropped
            or (element in notes.homes and not note)
        ):
            return
        if depth > _MAX_DEPTH:
            inline.add("".join(element.itertext()))
            return
        if element.tag == "br":
            inline.line_break()
            return
        if element.tag == "sup" and self._raised(element, inline, cell=cell):
            return
        if cell and element.tag == "a" and inline.within_word and _is_mark(element):
            return
        if element.tag in ("span", "sup") and _UNPRINTED.search(element.get("class") or ""):
            return
        bold = element.tag in ("b", "strong")
        inline.bold += bold
        self._gather(element, inline, note=note, depth=depth, cell=cell)
        inline.bold -= bold

    def _raised(self, element: HtmlElement, inline: Inline, *, cell: bool) -> bool:
        """Append what is raised: a power stays raised, and a mark of a note leaves the figure of its cell as it is."""
        words = "".join(element.itertext()).strip()
        if len(words) > 12 or not _MARK.fullmatch(words):
            return False
        if words.isdecimal() and (inline.takes_power(words) or not cell):
            inline.raised(words)
            return True
        return cell

    def _table(self, table: HtmlElement) -> Iterator[Item]:
        caption = table.find("caption")
        if caption is not None:
            yield from self._paragraph(caption, verdict=Verdict.KEPT, kind=None)
        rows = rows_of(table)
        self._cells += sum(map(len, rows))
        refuse_many(self._cells, self._name)
        cells = cells_of(rows, self._cell_text)
        if not any(cell.text.text for cell in cells):
            return
        self._groups += 1
        yield Item(BlockKind.TABLE, [], Traced(""), self._groups, cells=cells, faults=ragged(cells))

    def _cell_text(self, element: HtmlElement) -> Traced:
        inline = Inline(element.sourceline or 0)
        self._gather(element, inline, note=False, depth=0, cell=True)
        return inline.whole().text


def _is_mark(link: HtmlElement) -> bool:
    """Whether a link into the page is no more than the mark of a note."""
    words = "".join(link.itertext())
    return (link.get("href") or "").startswith("#") and len(words) <= 12 and _MARK.fullmatch(words) is not None


def _holders(root: HtmlElement) -> set[HtmlElement]:
    """Return the elements that have a block within them."""
    holders: set[HtmlElement] = set()
    for block in root.iter(*BLOCKS):
        for parent in block.iterancestors():
            if parent in holders:
                break
            holders.add(parent)
    return holders


def _kind_of(element: HtmlElement) -> tuple[BlockKind | None, int]:
    for one in (element, *element.iterancestors()):
        if isinstance(one.tag, str):
            if re.fullmatch(r"h[1-6]", one.tag):
                return BlockKind.HEADING, int(one.tag[1])
            if one.tag == "figcaption" or (one.tag in ("p", "div", "dd") and _CAPTION.search(one.get("class") or "")):
                return (BlockKind.CAPTION, 0) if "MsoCaption" not in (one.get("class") or "") else (None, 0)
            if one.tag == "li" or (one.tag == "p" and "MsoListParagraph" in (one.get("class") or "")):
                return BlockKind.LIST_ITEM, 0
            if one.tag == "blockquote":
                return BlockKind.QUOTE, 0
            if one.tag in ("article", "main", "body", "section", "table"):
                break
    return None, 0
