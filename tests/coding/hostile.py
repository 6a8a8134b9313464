"""What holds of any text whatever, for the tests and the fuzzer: nothing fails, and all that is found stands verbatim."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from comity.coding import code_text, code_texts
from comity.language import (
    find_dates,
    find_durations,
    find_mentions,
    find_numbers,
    find_ordinals,
    find_quantities,
    find_timexes,
    sentences,
    tokenise,
    tokens,
)

DAY = date(2019, 6, 30)

# Words and marks on which the rooms branch; "\b" is glued to what stands before it.
WORDS = [
    *"""France French India Indian Kenya Kenya's Korea Guinea Congo Georgia Jordan Turkey U.S. US UK EU NATO UN Paris Delhi
    Washington Moscow Beijing London Macron Modi Putin Kono Le Drian Jean-Yves Dr. Mr. President Prime Minister Foreign
    Secretary State of the Republic Kingdom Embassy ambassador envoy spokesman delegation troops police army rebels court
    parliament protesters met meets meeting visited visit visits will would not never has had have been be is was were being
    signed sign agreement treaty accord deal pact memorandum accused accuses condemned threatened to refused rejected urged
    called on for demanded vowed promised pledged agreed expelled diplomats recalled imposed sanctions lifted attacked struck
    killed arrested released withdrew aid loan grant donated investigated apologised praised supported opposed concerned concern
    over nuclear issue terrorism peace talks between and or , , , . . ; : - – — ( ) [ ] “ ” ' ’ ‘ " ? ! … / % & * _ # @ |
    that which who whom whose whoever if unless when while after before since until during because although despite said says
    saying told reported according he she it they them their his her its both two countries sides each other both against with
    by from in at into upon toward about as a an this these those January Feb. March May June 3 3rd 03 1,234 1,234,567 2.5
    2018 2018-01-03 3/1/2018 2016-17 1990s 12:30 twenty hundred thousand million bn crore lakh US$ $ € £ Rs Sh EUR USD per
    cent billion dollars tonnes km years months days weeks last next past early mid- late Monday Tuesday yesterday today
    tomorrow ago later same day annually quarter fiscal decade century once twice first second 65th anniversary several some
    no nobody un- ex- former then deputy vice co- 's 't 're final match cup film https://a.b/c a@b.c From: To: Subject: >
    &nbsp; <b> </b> \b \n \n\n \t \x00 \u00a0 \u200b \u0301 \ufeff \ufffd 中国 日本 Россия فرنسا भारत İ ſ ß ǅ ² ½ Ⅷ ٣ ๓""".split(
        " "
    ),
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "\x00",
    "\x85",
    "\u2028",
    "\u00a0",
    "\u200b",
]
WORDS = [word.strip("\n") or "\n" for word in WORDS if word.strip(" ")]


def hold(text: str) -> None:
    """Read a text by every door of the two rooms; an AssertionError says what does not hold of it."""
    cut = sentences(text)
    assert all(text[one.start : one.end] == one.text == one.text.strip() for one in cut)
    assert all(before.end <= after.start for before, after in pairwise(cut))
    assert "".join("".join(one.text.split()) for one in cut) == "".join(text.split())
    for found in (
        tokens(text),
        find_dates(text, DAY),
        find_dates(text),
        find_durations(text),
        find_numbers(text),
        find_ordinals(text),
        find_quantities(text),
        find_timexes(text, DAY),
        find_mentions(text, on=DAY),
    ):
        assert all(text[one.start : one.end] == one.text and one.text for one in found)
    for dated in find_dates(text, DAY):
        assert dated.earliest is None or dated.latest is None or dated.earliest <= dated.latest
    words = tokenise(text)
    assert all(text[a:b] == word for a, b, word in zip(words.starts, words.ends, words.words, strict=True))
    coding = code_text(text, source_id="s", published=DAY)
    for event in coding.events:
        assert text[event.start : event.end] == event.text
        assert 0 < event.confidence <= 1 and event.actors
        assert all(text[one.start : one.end] == one.text for one in (*event.actors, *event.recipients))
    for statement in coding.statements:
        assert text[statement.start : statement.end] == statement.text
    beside = ("t", "France accused India of spying.", DAY)
    assert next(iter(code_texts([("s", text, DAY), beside]))) == coding
