"""The white space that runs down a PDF's page between columns of words, however narrow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from comity.documents.portable_columns import is_figure, piece_text
from comity.documents.portable_pieces import Piece, pieces_of
from comity.documents.portable_words import Words
from comity.documents.units import is_numbered_caption, is_remark, is_source

# In heights of a line: the least white between columns; a space between words is half as wide.
_LEAST = 0.45
# Where in a text's width two columns may part; so few lines in ten may run over the white.
_FROM, _TO, _CROSSING = 0.2, 0.8, 0.15
# A column of prose has so many lines that fill so much of its width, and they are so many of its lines; where most of a column are
# tables, so many lines do. Each has so many words.
_LEAST_LINES, _FILLED, _PROSE, _FEWEST_LINES, _FEWEST_WORDS = 6, 0.4, 0.3, 3, 3
# Lines side by side are prose where they have so many words each.
_WORDS_BESIDE = 3
# In heights of a line: what stands farther below is none of them.
_NEAR = 1.6
# In points; a page of ISO A0 is 3,370 high. What lies far off the page is no column.
_NARROWEST, _WIDEST = 60, 20_000
# Figures on the feet of what stands left of them, in points, are of one table from so many lines on; in heights of a line, its lines
# stand so near, and so many names of its columns above it.
_SAME_FOOT, _TABLE_LINES, _STEP, _HEAD_LINES = 1.0, 3, 3.2, 3
_LONGEST_HEAD = 40
# So often may a column be parted again.
_MOST_CUTS = 2


class White(NamedTuple):
    """White space down a page, from its left to its right, in points."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Half way through it."""
        return (self.left + self.right) / 2


def whites_of(words: Words, numbers: Sequence[int], usual: float | None) -> tuple[list[White], list[Piece]]:
    """Return the white space between columns of prose, first that of the whole page, then that within its columns, and the pieces.

    Args:
        words: those of one direction.
        numbers: of those to take.
        usual: where the columns of the page before part; a last page may have too few lines to show it.
    """
    parted = list(_parting(words, numbers, 0))
    if not parted and usual is not None:
        white = _white_at(words, numbers, usual)
        if white is not None and _keeps_free(pieces := pieces_of(words, numbers, [white]), usual):
            return [white], pieces
    whites = [white for white, _ in parted]
    return whites, parted[0][1] if len(parted) == 1 else pieces_of(words, numbers, whites)


def _parting(words: Words, numbers: Sequence[int], depth: int) -> Iterator[tuple[White, list[Piece]]]:
    import numpy as np

    for white in _candidates(words, numbers):
        if not _has_words(words, numbers, white.middle):
            continue
        pieces = pieces_of(words, numbers, [white])
        if _are_columns(pieces, white.middle):
            yield white, pieces
            if depth < _MOST_CUTS:
                kept, every = np.array(numbers), words.measures
                yield from _parting(words, kept[every.right[kept] <= white.left + 1].tolist(), depth + 1)
                yield from _parting(words, kept[every.left[kept] >= white.right - 1].tolist(), depth + 1)
            return


def _has_words(words: Words, numbers: Sequence[int], x: float) -> bool:
    """Whether words enough stand on both sides of x for the fewest lines that make a column."""
    import numpy as np

    kept, every = np.array(numbers), words.measures
    sides = (every.right[kept] <= x + 1, every.left[kept] >= x - 1)
    return all(np.count_nonzero(side) >= _FEWEST_LINES * _FEWEST_WORDS for side in sides)


def _keeps_free(pieces: Sequence[Piece], gutter: float) -> bool:
    """Whether hardly a line crosses a gutter and lines of prose stand on either side of it."""
    crossing = sum(piece.left < gutter - 1 and piece.right > gutter + 1 for piece in pieces)
    sides = {piece.left > gutter for piece in pieces if len(piece.numbers) >= _FEWEST_WORDS}
    return len(sides) == 2 and 8 * crossing < len(pieces)


def _are_columns(pieces: Sequence[Piece], x: float) -> bool:
    """Whether columns of prose stand on both sides of x, and not those of a table.

    The cells of a table are narrower than its columns, and stand on the same feet.
    """
    filled = True
    feet: list[set[int]] = []
    first, last = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    for side, width in (
        ([piece for piece in pieces if piece.right <= x + 1], x - first),
        ([piece for piece in pieces if piece.left >= x - 1], last - x),
    ):
        lines = [
            piece
            for piece in side
            if len(piece.numbers) >= _FEWEST_WORDS and piece.right - piece.left >= _FILLED * width
        ]
        if len(lines) < _FEWEST_LINES:
            return False
        feet.append({round(piece.foot) for piece in side})
        filled = filled and len(lines) >= max(_LEAST_LINES, _PROSE * len(feet[-1]))
    left, right = feet
    shared = sum(bool({foot - 1, foot, foot + 1} & left) for foot in right)
    return filled or 2 * shared < min(len(left), len(right))


class _Crossing(NamedTuple):
    """How many words stand over each point of a text's width: `counts[0]` at `first`, in points."""

    first: float
    counts: Any
    lines: int
    size: float

    def white(self, start: int, end: int) -> White | None:
        """The white space between two places of the counts, both included; None where it is too narrow to part columns."""
        found = White(self.first + start, self.first + end)
        return found if found.right - found.left >= _LEAST * self.size else None


def _crossing(words: Words, numbers: Sequence[int]) -> _Crossing | None:
    import numpy as np

    if not numbers:
        return None
    kept = np.array(numbers)
    every = words.measures
    left, right, bottom = every.left[kept], every.right[kept], every.bottom[kept]
    first, last = float(left.min()), float(right.max())
    width = int(last - first)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    size = float(median(every.size[kept].tolist()))
    begun = np.bincount(np.minimum((left - first).astype(np.int64) + 1, width + 2), minlength=width + 3)
    ended = np.bincount(np.clip((right - first).astype(np.int64) + 1, 0, width + 2), minlength=width + 3)
    lines = len(set(np.round(bottom / (0.5 * size)).tolist()))
    return _Crossing(first, np.cumsum(begun - ended), lines, size)


def _candidates(words: Words, numbers: Sequence[int]) -> list[White]:
    """Return where hardly a word stands all down the page, the emptiest first."""
    import numpy as np

    crossing = _crossing(words, numbers)
    if crossing is None:
        return []
    counts = crossing.counts
    begin, end = int(_FROM * len(counts)), int(_TO * len(counts)) + 1
    most = max(1, int(_CROSSING * crossing.lines))
    free = counts[begin:end] <= most
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8))).reshape(-1, 2) + begin
    found: list[tuple[float, White]] = []
    for start, stop in edges.tolist():
        least = int(counts[start:stop].min())
        at = np.flatnonzero(counts[start:stop] <= max(least + 2, (least + most) // 2)) + start
        white = crossing.white(int(at[0]), int(at[-1]))
        if white is not None:
            found.append((least - (white.right - white.left) / 100, white))
    return [white for _, white in sorted(found)]


def _white_at(words: Words, numbers: Sequence[int], gutter: float) -> White | None:
    """Return the white space around a gutter; where one column is all but empty it ends where the few words in that begin."""
    crossing = _crossing(words, numbers)
    at = int(gutter - crossing.first) if crossing is not None else -1
    if crossing is None or not 0 <= at < len(crossing.counts):
        return None
    counts = crossing.counts.tolist()
    start = end = at
    while start > 0 and counts[start - 1] <= counts[at]:
        start -= 1
    while end + 1 < len(counts) and counts[end + 1] <= counts[at]:
        end += 1
    return crossing.white(start, end)


def prose_beside(lines: Sequence[Sequence[Piece]], at: int) -> tuple[int, float] | None:
    """Return the number of the line behind a few lines of prose that stand side by side, and where the right ones begin.

    They are too few to tell columns of the page by: the last lines of one, boxes, names below a text. The values of a form are
    no prose: a line on either side has words enough.
    """
    below = lines[at + 1] if at + 1 < len(lines) else ()
    margin = 0.3 * lines[at][0].size
    if len(lines[at]) > 1:
        second = lines[at][1].left
    elif len(below) > 1 and abs(below[1].left - lines[at][0].left) <= margin:
        second = below[1].left  # the right side begins a line higher
    else:
        return None
    end, both, labels, words = at, 0, 0, [0, 0]
    for number in range(at, len(lines)):
        line = lines[number]
        right = [piece for piece in line if piece.left >= second - margin]
        across = any(piece.left < second - margin < piece.right for piece in line)
        far = number > at and lines[number - 1][0].foot - line[0].foot > _NEAR * line[0].size
        if across or far or (right and abs(right[0].left - second) > margin):
            break
        end = number + 1
        if right and len(right) < len(line):
            both += 1
            words[0] += len(line[0].numbers)
            words[1] += len(right[0].numbers)
            labels += line[0].words.text(line[0].numbers[-1]).endswith(":")
    return (end, second - margin) if both > 1 and 2 * labels < both and min(words) >= _WORDS_BESIDE * both else None


def tables_across(pieces: Sequence[Piece], gutter: float) -> list[tuple[float, float]]:
    """Return the lower and the upper edges of tables whose columns stand on both sides of a gutter.

    All that stands on its right are figures, or a caption runs over it.
    """
    named = list(_captioned_across(pieces, gutter))
    return named + [
        (low, high)
        for low, high in _figured_across(pieces, gutter)
        if not any(low < upper and lower < high for lower, upper in named)
    ]


def _captioned_across(pieces: Sequence[Piece], gutter: float) -> Iterator[tuple[float, float]]:
    """Yield the lower and the upper edges of tables below captions that run over a gutter, down to what is remarked below them."""
    captions = [
        piece
        for piece in pieces
        if piece.left < gutter - 1 and piece.right > gutter + 1 and is_numbered_caption(piece_text(piece))
    ]
    if not captions:
        return
    lines = _feet_lines(pieces)
    for caption in captions:
        at = begin = next(number for number, line in enumerate(lines) if line[0].foot <= caption.foot + _SAME_FOOT) + 1
        remarked = figures = 0
        while at < len(lines) and _is_near(lines[at - 1], lines[at]):
            texts = [piece_text(piece) for piece in lines[at]]
            beside = is_source(texts[0]) or is_remark(texts[0])
            if (remarked and not beside and not _runs_over(lines[at], gutter)) or any(map(is_numbered_caption, texts)):
                break
            remarked += beside
            figures += not remarked and any(map(is_figure, lines[at]))
            at += 1
        if remarked and figures >= _TABLE_LINES and 2 * figures >= _rows_in(lines[begin:at]):
            yield min(piece.bottom for piece in lines[at - 1]), caption.top


def _rows_in(lines: Sequence[Sequence[Piece]]) -> int:
    """How many lines have more than one piece."""
    return sum(len(line) > 1 for line in lines)


def _runs_over(line: Sequence[Piece], gutter: float) -> bool:
    return any(piece.left < gutter - 1 and piece.right > gutter + 1 for piece in line)


def _feet_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces that stand on the same feet, from the top, each line from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.foot):
        if lines and lines[-1][0].foot - piece.foot < _SAME_FOOT:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda piece: piece.left)
    return lines


def _figured_across(pieces: Sequence[Piece], gutter: float) -> list[tuple[float, float]]:
    """The lower and the upper edges of tables all of whose columns on the right of a gutter are of figures."""
    left = [piece for piece in pieces if piece.right <= gutter + 1]
    right = [piece for piece in pieces if piece.left >= gutter - 1]
    if not any(map(is_figure, right)):
        return []
    feet = sorted(piece.foot for piece in left)
    lines = _feet_lines(right)
    figured = [all(map(is_figure, line)) and _stands_on(feet, line[0].foot) for line in lines]
    found: list[tuple[float, float]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and figured[end] and (end == at or _is_near(lines[end - 1], lines[end])):
            end += 1
        if end - at >= _TABLE_LINES:
            first = at
            while first and at - first < _HEAD_LINES and _is_head(lines[first - 1], lines[first]):
                first -= 1
            low = min(piece.bottom for piece in lines[end - 1])
            found.append((low, max(piece.top for piece in lines[first])))
        at = max(end, at + 1)
    return found


def _stands_on(feet: Sequence[float], foot: float) -> bool:
    """Whether something stands on a foot; `feet` rise."""
    at = bisect_left(feet, foot - _SAME_FOOT)
    return at < len(feet) and feet[at] < foot + _SAME_FOOT


def _is_near(above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    return above[0].foot - below[0].foot < _STEP * max(above[0].size, below[0].size)


def _is_head(line: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """Whether a line names the columns below it: several short pieces, or one that is short beside them."""
    short = all(piece.length <= _LONGEST_HEAD for piece in line)
    width = max(piece.right for piece in below) - min(piece.left for piece in below)
    return short and _is_near(line, below) and (len(line) > 1 or line[0].right - line[0].left < 0.6 * width)
