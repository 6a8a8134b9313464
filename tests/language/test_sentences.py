"""Sentences end where a reader would end them, and their offsets are exact."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import sentences, tokens

GOLD = Path(__file__).with_name("sentences_gold.txt")


def _paragraphs() -> list[list[str]]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [line.split(" || ") for line in lines if line and not line.startswith("#")]


def test_own_sentences_are_cut_where_a_reader_cuts_them() -> None:
    """At least 99 of 100 boundaries of the hand-made list are found, and no more than 1 in 100 is invented."""
    right = found = wanted = 0
    misses = []
    for parts in _paragraphs():
        text = " ".join(parts)
        got = [sentence.text for sentence in sentences(text)]
        ends = {len(" ".join(parts[: place + 1])) for place in range(len(parts))}
        own = {sentence.end for sentence in sentences(text)}
        right += len(ends & own)
        found += len(own)
        wanted += len(ends)
        if got != parts:
            misses.append((parts, got))
    assert wanted >= 120
    assert right / wanted >= 0.99, misses
    assert right / found >= 0.99, misses


@given(st.text(max_size=400))
def test_sentences_are_verbatim_and_hold_all_words(text: str) -> None:
    """Offsets lead to the very text, sentences never overlap, and only white space lies between them."""
    place = 0
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert not text[place : sentence.start].strip()
        assert sentence.text == sentence.text.strip() != ""
        place = sentence.end
    assert not text[place:].strip()


@given(st.text(alphabet="aA .?!\n\t1\"')(¹-", max_size=120))
def test_stops_in_any_order_do_no_harm(text: str) -> None:
    """Heaps of stops, quotes and breaks are cut without loss."""
    assert "".join("".join(sentence.text for sentence in sentences(text)).split()) == "".join(text.split())


@given(st.text(max_size=200))
def test_tokens_are_verbatim_and_in_order(text: str) -> None:
    """Each token stands where it says, and none overlaps the next."""
    place = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text != ""
        assert token.start >= place
        place = token.end


def test_a_blank_line_ends_a_sentence_and_a_line_break_does_not() -> None:
    """Headings stand apart by a blank line; wrapped lines belong together."""
    text = "Trade Relations\n\nTrade between the two\nstates grew. It\nfell later."
    assert [one.text for one in sentences(text)] == [
        "Trade Relations",
        "Trade between the two\nstates grew.",
        "It\nfell later.",
    ]


def test_bullets_and_numbered_items_stand_apart() -> None:
    """A line that begins with a bullet or an item number begins a sentence."""
    text = "They agreed on:\n- trade\n- visas\n2. A new council"
    assert [one.text for one in sentences(text)] == ["They agreed on:", "- trade", "- visas", "2. A new council"]


def test_a_lost_space_after_a_stop_is_mended() -> None:
    """Where a file lost the space after a stop, the sentence still ends; a domain name does not end one."""
    assert [one.text for one in sentences("Peace came to the region.The talks went on.")] == [
        "Peace came to the region.",
        "The talks went on.",
    ]
    assert len(sentences("The site Example.Com is down.")) == 1


@pytest.mark.parametrize("piece", [".", " ", "\n", ". ", "a", '"', "[", "A. ", "1. ", "\n \n", "…”"])
def test_long_lines_take_linear_time(piece: str) -> None:
    """A hundred thousand characters of anything are read."""
    text = piece * (100_000 // len(piece))
    assert sum(one.end - one.start for one in sentences(text)) <= len(text)


@pytest.mark.shared
def test_web_text_is_cut_tolerably(shared: Path) -> None:
    """On the English Web Treebank's development part, with its paragraphs, F1 stays above 0.90 and precision above 0.98."""
    documents: list[list[tuple[str, bool]]] = []
    paragraph = True
    with lzma.open(shared / "data/ud_english_ewt/dev.conllu.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                documents.append([])
            elif line.startswith("# newpar"):
                paragraph = True
            elif line.startswith("# text = "):
                documents[-1].append((line[9:].rstrip("\n"), paragraph))
                paragraph = False
    right = found = wanted = 0
    for document in documents:
        text, ends = "", set()
        for sentence, begins in document:
            text += ("\n\n" if begins else " ") * bool(text) + sentence
            ends.add(len(text))
        own = {one.end for one in sentences(text)}
        right, found, wanted = right + len(ends & own), found + len(own), wanted + len(ends)
    precision, recall = right / found, right / wanted
    assert precision > 0.98
    assert 2 * precision * recall / (precision + recall) > 0.90
