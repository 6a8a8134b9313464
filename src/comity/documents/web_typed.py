"""Text that a page sets in lines as they were typed (`pre`): old press releases, reports of agencies, tables drawn with spaces.

It is read as a text file is. Code is kept and not coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.documents.items import Item
from comity.documents.lines import Line, split_lines
from comity.documents.markup import BLOCKS
from comity.documents.text import typed_items
from comity.documents.trace import Place, Traced
from comity.documents.web_furniture import DROPPED, is_hidden
from comity.documents.wire import Report, part_report
from comity.terms import BlockKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_CODE = re.compile(
    r"(?:^|[\s_-])(?:code|codehilite|highlight|prettyprint|source-?code|brush|lang(?:uage)?-\w+|crayon\S*|syntax\S*|literal-block)(?:$|[\s_:-])",
    re.IGNORECASE,
)
_MOST_UP = 4
# A page of an old report has more lines; shorter blocks side by side are no pages of one text.
_LEAST_PAGE = 15


def typed_groups(root: HtmlElement) -> list[list[HtmlElement]]:
    """Return the elements of typed lines, those together that stand one below the other: the pages of one text."""
    groups: list[list[HtmlElement]] = []
    for element in root.iter("pre", "div", "p", "span", "td"):
        if not _keeps_lines(element) or any(_keeps_lines(up) for up in element.iterancestors()):
            continue
        if any(block is not element for block in element.iter(*BLOCKS)):
            continue
        if groups and not is_code(element) and _follows(groups[-1][-1], element):
            groups[-1].append(element)
        elif "\n" in _text_of(element).strip("\n"):
            groups.append([element])
    return groups


def is_code(element: HtmlElement) -> bool:
    """Whether typed lines are a program's."""
    if element.find(".//code") is not None:
        return True
    ups = [element, *element.iterancestors()][:_MOST_UP]
    return any(up.tag in ("code", "samp") or _CODE.search(up.get("class") or "") for up in ups)


class Typed:
    """The typed lines of a page, as items.

    Attributes:
        items: by the element in whose place they stand.
        labels: the notes that they call, where they are the page's text.
        report: what an agency or a database wrote around them, where they are the page's text.
    """

    def __init__(self) -> None:
        self.items: dict[HtmlElement, list[Item]] = {}
        self.labels: frozenset[str] = frozenset()
        self.report: Report | None = None

    def read(self, group: list[HtmlElement], name: str, *, alone: bool) -> None:
        """Read a group; `alone` says that it is the page's text.

        Raises:
            UnreadableSource: its tables have more cells than a document may have.
        """
        lines = list(_lines(group))
        self.items.update({element: [] for element in group[1:]})
        if is_code(group[0]):
            text = Traced.join([line.trimmed for line in lines if not line.blank], " ")
            self.items[group[0]] = [Item(BlockKind.FRONT, [text], text, clean=text)]
            return
        if alone:
            self.report = part_report(lines)
            lines = self.report.lines
        items, labels = typed_items(lines, name)
        if alone:
            self.labels = labels
        else:
            mark = f"typed-{len(self.items)}-"  # the ids of the page's own notes may be numbers too
            for item in items:
                item.key = mark + item.key if item.key else ""
                item.markers = tuple((offset, mark + key) for offset, key in item.markers)
                item.starts_chunk = True
        self.items[group[0]] = items


def _keeps_lines(element: HtmlElement) -> bool:
    if element.tag == "pre":
        return True
    style = element.get("style") if isinstance(element.tag, str) else None
    return bool(style) and _KEEPS_LINES.search(str(style)[:2000]) is not None


def _follows(before: HtmlElement, element: HtmlElement) -> bool:
    """Whether an element goes on with the text of a page of lines: nothing but a rule stands between them."""
    if is_code(before) or before.getparent() is not element.getparent():
        return False
    if _text_of(before).count("\n") < _LEAST_PAGE:
        return False
    one = before
    while one is not element:
        if (one.tail or "").strip():
            return False
        one = one.getnext()
        if one is None or (one is not element and "".join(one.itertext()).strip()):
            return False
    return True


def _lines(group: list[HtmlElement]) -> Iterator[Line]:
    """Yield the lines of a group, with their lines in the file; each element after the first begins a page."""
    for number, element in enumerate(group):
        first = element.sourceline or 1
        for line in split_lines(_text_of(element)):
            place = (Place(0, first + line.number - 1, 1, None),)
            yield replace(
                line,
                raw=Traced(line.raw.text, place),
                number=first + line.number - 1,
                page=None,
                cut=line.cut or (number > 0 and line.number == 1),
            )


def _text_of(element: HtmlElement) -> str:
    return "".join(_pieces(element, 0)).replace("\xa0", " ")


def _pieces(element: HtmlElement, depth: int) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in DROPPED and not is_hidden(child):
            if child.tag == "br":
                yield "\n"
            elif depth > 100:
                yield "".join(child.itertext())
            else:
                yield from _pieces(child, depth + 1)
        yield child.tail or ""
