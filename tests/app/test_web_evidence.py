"""How a document's text is cut where evidence begins and ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.app.web.evidence import Evidence, page_blocks
from comity.terms import Block, BlockKind, Document, Note

TEXT = "Ann met Ben in Jinja. They signed.\n\nNothing followed for years.\nA note on it."


def _document(blocks: tuple[Block, ...], notes: tuple[Note, ...] = ()) -> Document:
    return Document("doc-1", "a.txt", "text/plain", "0" * 64, TEXT, blocks=blocks, notes=notes)


_offsets = st.integers(min_value=0, max_value=len(TEXT))
_spans = st.tuples(_offsets, _offsets, st.sampled_from(["event", "statement", "claim", "focus"]))
_cuts = st.lists(_offsets, max_size=6, unique=True).map(sorted)


@given(st.lists(_spans, max_size=8), _cuts, _offsets)
def test_nothing_is_lost_or_doubled(spans: list[tuple[int, int, str]], cuts: list[int], marker: int) -> None:
    """Whatever spans and blocks there are, the words of the page are the words of the text, in order."""
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end
    )
    note = Note("n1", "1", 0, 3, TEXT[:3], marker)
    document = _document(blocks, (note,))
    evidence = [Evidence(start, end, kind, f"/event/{kind}") for start, end, kind in spans]
    made = page_blocks(document, evidence)
    words = "".join(run.text for block in made for run in block.runs)
    assert "".join(words.split()) == "".join(TEXT.split())
    anchors = [anchor for block in made for run in block.runs for anchor in run.anchors]
    assert len(anchors) == len(set(anchors))


@given(_offsets, _offsets)
def test_the_marked_words_are_the_span(start: int, end: int) -> None:
    """The words under one span, joined, are exactly the span of the text."""
    document = _document((Block(BlockKind.PARAGRAPH, 0, len(TEXT)),))
    made = page_blocks(document, [Evidence(start, end, "event", "/event/1")])
    marked = "".join(run.text for block in made for run in block.runs if run.kinds)
    assert marked == (TEXT[start:end] if start < end else "")


def test_overlapping_evidence_keeps_both_kinds() -> None:
    """Where an event and a position overlap, the shared words carry both, and each is named once at its end."""
    document = _document((Block(BlockKind.PARAGRAPH, 0, 34),))
    spans = [Evidence(0, 21, "event", "/event/1"), Evidence(8, 34, "statement", "/statements#s")]
    runs = page_blocks(document, spans)[0].runs
    assert [(run.text, run.kinds) for run in runs] == [
        ("Ann met ", ("event",)),
        ("Ben in Jinja.", ("event", "statement")),
        (" They signed.", ("statement",)),
    ]
    assert [one.href for run in runs for one in run.ends] == ["/event/1", "/statements#s"]
    assert [run.anchors for run in runs] == [("c0-21",), ("c8-34",), ()]


def test_a_marker_stands_after_its_word() -> None:
    """A note's marker comes right after the character before it."""
    note = Note("n1", "1", 65, 79, TEXT[65:79], 21)
    document = _document((Block(BlockKind.PARAGRAPH, 0, 34), Block(BlockKind.NOTE, 65, 79)), (note,))
    made = page_blocks(document, [])
    assert [(run.text, [one.label for one in run.notes]) for run in made[0].runs] == [
        ("Ann met Ben in Jinja.", ["1"]),
        (" They signed.", []),
    ]
    assert made[-1].note is note
