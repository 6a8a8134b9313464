"""HTML pages: the article without the page around it, its notes linked, its tables with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose
from comity.documents.drafts import GridCell, Reading
from comity.documents.grids import has_stub, header_rows, uneven
from comity.documents.items import Item
from comity.documents.limits import MAX_CELLS, refuse_long, refuse_many, refuse_tags
from comity.documents.markup import BLOCKS, flattened
from comity.documents.metadata import page_citation
from comity.documents.trace import Place, Traced, Tracer
from comity.terms import BlockKind, UnreadableSource

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MEDIA_TYPE = "text/html"
_DROPPED = frozenset(
    "script style noscript template nav aside footer form button input select textarea iframe svg canvas object embed video audio map head dialog menu".split()
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|side-bar|breadcrumbs?|footer|cookies?|consent|share|sharing|social|related|recommended|newsletter|"
    r"subscribe|advert|advertisement|ads?|promo|banner|comments?|popup|modal|skip-link|toolbar|pagination|tags|masthead-nav|site-header|visually-hidden|sr-only|screen-reader-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOTE_HOMES = re.compile(
    r"footnote|endnote|(?:^|[\s_-])(?:notes|fn|refs?|references|reflist)(?:$|[\s_-]|\d)", re.IGNORECASE
)
_MARKER = re.compile(r"[\[(]?\s*(\d{1,3}|[ivxlc]{1,6}|[a-z]|[*†‡§]{1,3})\s*[\])]?", re.IGNORECASE)
_BACK = re.compile(r"[\s↩↑^⤴\ufe0e\[\]]*|back(?: to text)?|return", re.IGNORECASE)
_MAX_SPAN = 200
_LONGEST_NOTE = 3000
# Below Python's own limit of calls, which a page of nested marks would reach.
_MAX_DEPTH = 150


def read_html(text: str, name: str) -> Reading:
    """Read a page."""
    refuse_tags(text, name)
    root, whole = _parsed(text, name)
    known = page_citation(root)
    page = _Page(root, name)
    items = page.items()
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)), known=known, guess=False)
    reading.media_type = MEDIA_TYPE
    if not whole:
        reading.warnings.append("The page's parts are nested too deep; some of its text may be lost.")
    if not any(draft.kind.is_prose or draft.cells for draft in reading.drafts):
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


def _parse(text: str, name: str) -> tuple[HtmlElement, bool]:
    """Return the page's root, and whether it is nested deeper than the parser, or this reader, follows."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(
            name, "the page has no content", remedy="Save the page again from the browser."
        ) from error
    gave_up = any("depth" in entry.message for entry in parser.error_log)
    return root, gave_up or bool(root.xpath(f"boolean(//*[count(ancestor::*) > {_MAX_DEPTH}])"))


@dataclass(slots=True)
class _Inline:
    """The text of one block while it is gathered."""

    trace: Tracer = field(default_factory=Tracer)
    markers: list[tuple[int, str]] = field(default_factory=list)
    glue: bool = False
    line: int = 0

    def add(self, text: str | None) -> None:
        """Append text, white space single; after a marker a space stays between two words."""
        for match in re.finditer(r"\s+|[^\s]+", text or ""):
            piece = match.group()
            if piece.isspace():
                if len(self.trace) and self.trace.last != " ":
                    self.trace.put(" ")
                continue
            if self.glue and len(self.trace):
                if self.trace.last == " " and piece[0] in ".,;:!?)":
                    self.trace.drop_space()
                elif self.trace.last not in " -–—/(" and (piece[0].isalnum() or piece[0] in '"“‘('):
                    self.trace.put(" ")
            self.glue = False
            self.trace.put(
                piece, Traced(piece, (Place(0, self.line, 1),)) if not len(self.trace) and self.line else None
            )

    def mark(self, key: str) -> None:
        """Take a marker out here."""
        self.markers.append((len(self.trace) - (self.trace.last == " "), key))
        self.glue = True

    def done(self) -> tuple[Traced, tuple[tuple[int, str], ...]]:
        """Return what was gathered."""
        self.trace.drop_space()
        text = self.trace.traced()
        return text, tuple((min(offset, len(text.text)), key) for offset, key in self.markers)


class _Page:
    """A parsed page while its article is read."""

    def __init__(self, root: HtmlElement, name: str) -> None:
        self._root = root
        self._name = name
        self._cells = 0
        self._holders = _holders(root)
        self._notes = self._find_notes()
        self._keys = {element: key for key, (element, _) in self._notes.items()}
        self._groups = 0

    def items(self) -> list[Item]:
        """Return the article's blocks in reading order, then its notes."""
        body = self._root.find("body")
        body = self._root if body is None else body
        article = self._article(body)
        items = list(self._blocks(article, 0))
        titled = any(item.kind is BlockKind.HEADING and item.level == 1 for item in items)
        if article is not body and not titled:
            heading = next((h for h in body.iter("h1") if not self._dropped_above(h)), None)
            if heading is not None:
                items[:0] = list(self._blocks(heading, 0))
        for key, (element, label) in self._notes.items():
            inline = _Inline(line=element.sourceline or 0)
            self._gather(element, inline, note=True, depth=0)
            text, _ = inline.done()
            lead = re.match(rf"[\[(]?{re.escape(label)}[\])]?[.:]?\s+(?=\S)", text.text)
            text = text.cut(lead.end(), len(text.text)) if lead else text
            if text.text:
                items.append(Item(BlockKind.NOTE, [text], text, 0, label=label, key=key, clean=text))
        return items

    def _article(self, body: HtmlElement) -> HtmlElement:
        """Return the element that holds the article: `main` or `article` with most of the prose, or the body."""
        candidates = [*body.iter("article"), *body.iter("main"), *body.xpath(".//*[@role='main']")]
        candidates = [element for element in candidates if not self._dropped_above(element)]
        weight = {element: _prose_weight(element) for element in candidates}
        best = max(candidates, key=lambda element: weight[element], default=None)
        if best is not None and weight[best] >= 0.5 * max(_prose_weight(body), 1) and weight[best] > 0:
            return best
        return body

    def _dropped_above(self, element: HtmlElement) -> bool:
        return any(_is_furniture(parent) for parent in element.iterancestors())

    def _find_notes(self) -> dict[str, tuple[HtmlElement, str]]:
        """Return the notes by the id that their markers link to, with the marker's label."""
        by_id = {element.get("id") or element.get("name"): element for element in self._root.xpath("//*[@id or @name]")}
        notes: dict[str, tuple[HtmlElement, str]] = {}
        homes: dict[HtmlElement, HtmlElement | None] = {}
        taken: set[HtmlElement] = set()
        for link in self._root.iter("a"):
            target = link.get("href") or ""
            label = _MARKER.fullmatch("".join(link.itertext()).strip())
            if not target.startswith("#") or label is None or target[1:] in notes:
                continue
            element = by_id.get(target[1:])
            if element is None or any(parent in taken for parent in link.iterancestors()):
                continue
            if element not in homes:
                homes[element] = _note_home(element)
            home = homes[element]
            raised = link.getparent() is not None and (link.getparent().tag == "sup" or link.find("sup") is not None)
            about = " ".join(filter(None, (link.get("class"), link.get("role"), link.get("rel"), target)))
            if (
                home is not None
                and home is not link
                and (raised or _NOTE_HOMES.search(about) or "noteref" in about or "fn" in about)
                and not _contains(home, link)
            ):
                notes[target[1:]] = (home, label.group(1))
                taken.add(home)
        return notes

    def _blocks(self, element: HtmlElement, depth: int) -> Iterator[Item]:
        """Yield the blocks of an element; inline text between blocks is a paragraph of its own."""
        if element in self._keys or _is_furniture(element):
            return
        tag = element.tag
        if depth > _MAX_DEPTH:
            inline = _Inline(line=element.sourceline or 0)
            inline.add("".join(element.itertext()))
            yield from self._flush(inline, element)
            return
        if tag == "table" and not _is_layout(element):
            yield from self._table(element)
            return
        if tag in ("ul", "ol") and len(element) and all(child in self._keys for child in element):
            return
        if element not in self._holders:
            yield from self._paragraph(element)
            return
        inline = _Inline(line=element.sourceline or 0)
        inline.add(element.text)
        for child in element:
            if not isinstance(child.tag, str):
                inline.add(child.tail)
                continue
            if child.tag in BLOCKS or (child not in self._keys and child in self._holders):
                yield from self._flush(inline, element)
                yield from self._blocks(child, depth + 1)
                inline = _Inline(line=child.sourceline or 0)
            else:
                self._inline(child, inline, note=False, depth=depth + 1)
            inline.add(child.tail)
        yield from self._flush(inline, element)

    def _paragraph(self, element: HtmlElement) -> Iterator[Item]:
        inline = _Inline(line=element.sourceline or 0)
        self._gather(element, inline, note=False, depth=0)
        yield from self._flush(inline, element)

    def _flush(self, inline: _Inline, element: HtmlElement) -> Iterator[Item]:
        text, markers = inline.done()
        if not text.text:
            return
        kind, level = _kind_of(element)
        self._groups += 1
        refuse_long(self._groups, self._name)
        yield Item(kind, [text], text, self._groups, level, clean=text, markers=markers)

    def _gather(self, element: HtmlElement, inline: _Inline, *, note: bool, depth: int) -> None:
        inline.add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                if child.tag in BLOCKS or child.tag == "br":
                    inline.add(" ")
                self._inline(child, inline, note=note, depth=depth + 1)
                if child.tag in BLOCKS:
                    inline.add(" ")
            inline.add(child.tail)

    def _inline(self, element: HtmlElement, inline: _Inline, *, note: bool, depth: int) -> None:
        if element.tag in _DROPPED or _is_hidden(element) or element in self._keys:
            return
        if depth > _MAX_DEPTH:
            inline.add("".join(element.itertext()))
            return
        if element.tag == "br":
            inline.add(" ")
            return
        link = element if element.tag == "a" else element.find(".//a") if element.tag in ("sup", "span") else None
        if link is not None:
            target = (link.get("href") or "")[1:] if (link.get("href") or "").startswith("#") else ""
            words = "".join(element.itertext()).strip()
            if target in self._notes and not note and _MARKER.fullmatch(words):
                inline.mark(target)
                return
            if note and (_BACK.fullmatch(words) or (target and _MARKER.fullmatch(words))):
                return
        self._gather(element, inline, note=note, depth=depth)

    def _table(self, table: HtmlElement) -> Iterator[Item]:
        caption = table.find("caption")
        if caption is not None:
            yield from self._paragraph(caption)
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        self._cells += sum(map(len, rows))
        refuse_many(self._cells, self._name)
        # Spans that would make a table of more cells than it may have are those of a broken page.
        cells = self._grid(rows, _MAX_SPAN) or self._grid(rows, 1)
        if cells is None or not any(cell.text.text for cell in cells):
            return
        _mark_headers(cells)
        self._groups += 1
        yield Item(BlockKind.TABLE, [], Traced(""), self._groups, cells=cells, faults=_ragged(cells))

    def _grid(self, rows: list[HtmlElement], span: int) -> list[GridCell] | None:
        """Return the cells of a table at their columns; None where spans make its grid too large."""
        cells: list[GridCell] = []
        covered: list[int] = []  # by column: the row up to which a cell above reaches
        for r, row in enumerate(rows):
            column = 0
            for element in row:
                if element.tag not in ("td", "th"):
                    continue
                while column < len(covered) and covered[column] > r:
                    column += 1
                inline = _Inline(line=element.sourceline or 0)
                self._gather(element, inline, note=False, depth=0)
                down = _span(element.get("rowspan"), min(len(rows) - r, span))
                across = _span(element.get("colspan"), span)
                covered += [0] * (column + across - len(covered))
                covered[column : column + across] = [r + down] * across
                if len(covered) * len(rows) > MAX_CELLS and span > 1:
                    return None
                head = element.tag == "th" or next((True for _ in element.iterancestors("thead")), False)
                cells.append(GridCell(r, column, inline.done()[0], head, down, across))
                column += across
        return cells


def _holders(root: HtmlElement) -> set[HtmlElement]:
    """Return the elements that have a block within them."""
    holders: set[HtmlElement] = set()
    for block in root.iter(*BLOCKS):
        for parent in block.iterancestors():
            if parent in holders:
                break
            holders.add(parent)
    return holders


def _mark_headers(cells: list[GridCell]) -> None:
    """Tell header cells by their content where the page marks none."""
    if any(cell.header for cell in cells):
        return
    height = max(cell.row for cell in cells) + 1
    width = max(cell.column for cell in cells) + 1
    rows = [["" for _ in range(width)] for _ in range(height)]
    for cell in cells:
        rows[cell.row][cell.column] = cell.text.text
    heads = header_rows(rows)
    stub = has_stub(rows, heads)
    for cell in cells:
        cell.header = cell.row < heads or (stub and cell.column == 0 and bool(cell.text.text))


def _ragged(cells: list[GridCell]) -> list[str]:
    widths: dict[int, int] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            widths[row] = max(widths.get(row, 0), cell.column + cell.column_span)
    rows = sorted(widths)
    return uneven([widths[row] for row in rows], [row + 1 for row in rows], "row")


def _span(value: str | None, most: int) -> int:
    number = int(value) if value and value.strip().isdecimal() and len(value) < 6 else 1
    return max(1, min(number, most, _MAX_SPAN))


def _kind_of(element: HtmlElement) -> tuple[BlockKind | None, int]:
    for one in (element, *element.iterancestors()):
        if isinstance(one.tag, str):
            if re.fullmatch(r"h[1-6]", one.tag):
                return BlockKind.HEADING, int(one.tag[1])
            if one.tag == "li":
                return BlockKind.LIST_ITEM, 0
            if one.tag == "blockquote":
                return BlockKind.QUOTE, 0
            if one.tag == "figcaption":
                return BlockKind.CAPTION, 0
            if one.tag in ("article", "main", "body", "section", "table"):
                break
    return None, 0


def _is_furniture(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return True
    if element.tag in _DROPPED or _is_hidden(element):
        return True
    if element.tag in ("article", "main", "body", "html", "p", "table") or re.fullmatch(r"h[1-6]", element.tag):
        return False
    about = f"{element.get('class') or ''} {element.get('id') or ''}"
    named = _FURNITURE.search(about) is not None or element.get("role") in (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
    )
    # A wrapper named "has-sidebar" holds the article itself: what has most of the prose is no furniture.
    return named and _prose_weight(element) < 600


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only lays the page out: it holds another table, headings or several paragraphs in one cell."""
    if table.get("role") == "presentation" or table.find(".//table") is not None or table.find(".//tr") is None:
        return True
    return any(
        len(cell.findall(".//p")) > 2 or cell.find(".//h1") is not None or cell.find(".//h2") is not None
        for cell in table.iter("td")
    )


def _prose_weight(element: HtmlElement) -> int:
    return sum(len("".join(p.itertext())) for p in element.iter("p"))


def _note_home(element: HtmlElement) -> HtmlElement | None:
    """Return the block that a marker's target stands for: itself, or the list item, paragraph or cell around it."""
    for one in (element, *element.iterancestors()):
        if one.tag in ("li", "p", "dd", "aside", "div", "td") and isinstance(one.tag, str):
            return one if _is_short(one) else None
        if one.tag in ("body", "article", "main", "section"):
            return None
    return None


def _is_short(element: HtmlElement) -> bool:
    """Whether an element has some text, and no more than a note has; a whole page is not gathered to tell."""
    length, inked = 0, False
    for piece in element.itertext():
        length += len(piece)
        inked = inked or not piece.isspace()
        if length >= _LONGEST_NOTE:
            return False
    return inked


def _contains(home: HtmlElement, link: HtmlElement) -> bool:
    return any(parent is home for parent in link.iterancestors())
