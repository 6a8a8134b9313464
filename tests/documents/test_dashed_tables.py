"""Tables in plain text whose columns a line of dashes sets, as pandoc writes them."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document

BEFORE = "The harbour masters of both coasts counted the ships that called at their ports.\n\n"
AFTER = "The rest of the paper says nothing about the ships that are counted above.\n"
SIMPLE = """\
  Port         Flag      2015    2016
  ------------ ------ ------- -------
  釜山 Busan     KR     1,204   1,377
  Kribi                     -     (3)
"""
HEADLESS = """\
  ------ ----- ------
  2015    17     18.5
  2016    27     28.5
  2017          n.a.
  ------ ----- ------
"""
MULTILINE = """\
  -----------------------------------------------------
  Port, with its     Ships that      Tonnes
  quays              called there
  ------------------ --------------- ------------------
  Kribi, the deep    41              12.0
  harbour and roads

  Douala             3               ..
  -----------------------------------------------------
"""
HEADLESS_MULTILINE = """\
  ------------------ --------------- ------------------
  Kribi, the deep    41              12.0
  harbour and roads

  Douala             3               ..
  ------------------ --------------- ------------------
"""


def document_of(text: str) -> Document:
    """Read a text."""
    return read_bytes(text.encode(), name="ports.txt")


def rows_of(document: Document) -> list[list[str]]:
    """Return the cells of the only table, row by row."""
    (table,) = document.tables
    height, width = max(cell.row for cell in table.cells) + 1, max(cell.column for cell in table.cells) + 1
    found = [["" for _ in range(width)] for _ in range(height)]
    for cell in table.cells:
        found[cell.row][cell.column] = cell.text
    return found


@pytest.mark.parametrize(
    ("lines", "rows", "heads"),
    [
        (
            SIMPLE,
            [["Port", "Flag", "2015", "2016"], ["釜山 Busan", "KR", "1,204", "1,377"], ["Kribi", "", "-", "(3)"]],
            1,
        ),
        (HEADLESS, [["2015", "17", "18.5"], ["2016", "27", "28.5"], ["2017", "", "n.a."]], 0),
        (
            MULTILINE,
            [
                ["Port, with its quays", "Ships that called there", "Tonnes"],
                ["Kribi, the deep harbour and roads", "41", "12.0"],
                ["Douala", "3", ".."],
            ],
            1,
        ),
        (HEADLESS_MULTILINE, [["Kribi, the deep harbour and roads", "41", "12.0"], ["Douala", "3", ".."]], 0),
    ],
)
def test_dashes_set_the_columns(lines: str, rows: list[list[str]], heads: int) -> None:
    """A cell is what stands between the dashes' columns, over as many lines as its row has, wide characters counted twice."""
    document = document_of(BEFORE + lines + "\n" + AFTER)
    assert rows_of(document) == rows
    (table,) = document.tables
    assert {cell.row for cell in table.cells if cell.header and cell.column} == set(range(heads))
    assert [p.text for p in document.passages if p.kind.is_prose] == [BEFORE.strip(), AFTER.strip()]


@pytest.mark.parametrize("below", [True, False])
def test_a_caption_behind_a_colon_leaves_the_heading_above(below: bool) -> None:
    """A caption behind a colon, below a table or above it, is the table's, and the heading over both stays one."""
    caption = "  : Calls of ships, 2015-16 (number)\n\n"
    parts = SIMPLE + "\n" + caption if below else caption + SIMPLE + "\n"
    document = document_of(BEFORE + "What was counted\n\n" + parts + "Source: Harbour masters.\n\n" + AFTER)
    (table,) = document.tables
    assert (table.caption, table.unit, table.source) == (
        "Calls of ships, 2015-16",
        "number",
        "Source: Harbour masters.",
    )
    if below:
        heads = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
        assert heads == ["What was counted"]


@pytest.mark.parametrize(
    "lines",
    [
        "  A line that runs on over columns\n  ------ ------\n  as words of prose do over dashes\n",
        "  ------ ------\n  words that run over them\n  ------ ------\n",
        "  ------ ------\n  ------ ------\n",
    ],
)
def test_dashes_under_prose_set_no_columns(lines: str) -> None:
    """Where words run over the space between two columns of dashes there is no table."""
    assert document_of(BEFORE + lines + "\n" + AFTER).tables == ()
