"""Input that is no news: furniture, other languages, left-overs of pages, and characters in any order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding import Coding, code, code_text
from comity.documents import read_bytes
from comity.terms import Event
from tests.coding import hostile

FURNITURE = Path(__file__).parent / "data" / "furniture"
# What the prose in each of them reports; all else in them is furniture, full of headlines.
TOLD = {
    "mail.txt": [("SUPPORT", {"KEN", "UGA"}), ("SANCTION", {"ESP", "VEN"})],
    "page.txt": [("SUPPORT", {"KEN", "UGA"}), ("SUPPORT", {"KEN", "UGA"})],
    "paper.txt": [("SUPPORT", {"KEN", "UGA"})],
}
FRENCH = "Le ministre a dit que la France ne veut pas de cet accord avec la Russie. Il sera donc dans son pays lundi."
ARABIC = "اتهمت فرنسا روسيا بانتهاك وقف إطلاق النار في أوكرانيا."
ACT = "France accused Russia of violating the ceasefire."


def coding(text: str) -> Coding:
    """Code a text as it stands."""
    return code_text(text, source_id="s", published=hostile.DAY)


def told(events: tuple[Event, ...]) -> list[tuple[str, set[str]]]:
    """The type of each event and its parties."""
    return [(one.type.value, {side.code for side in (*one.actors, *one.recipients)}) for one in events]


@pytest.mark.parametrize("name", TOLD)
def test_furniture_gives_no_event_and_the_prose_around_it_does(name: str) -> None:
    """In a plain text only the prose between headers, captions, links, quotations and references is coded."""
    assert told(coding((FURNITURE / name).read_text(encoding="utf-8")).events) == TOLD[name]


@pytest.mark.parametrize("name", TOLD)
def test_furniture_of_a_document_gives_no_event(name: str) -> None:
    """The same holds of the same text read as a document; of a mail, what earlier mails below it say is not its own."""
    document = read_bytes((FURNITURE / name).read_bytes(), name=name)
    own = TOLD[name][:1] if name == "mail.txt" else TOLD[name]
    assert told(code(document).events) == own


def test_furniture_of_a_page_gives_no_event() -> None:
    """The same holds of a page whose furniture stands in paragraphs like its prose."""
    lines = (FURNITURE / "page.txt").read_text(encoding="utf-8").splitlines()
    body = "".join(f"<p>{line}</p>\n" for line in lines if line)
    page = (
        "<html><body><nav><ul><li>France attacks Mali rebels</li></ul></nav><main><h1>Kenya and Uganda</h1>"
        f"{body}<figure><figcaption>India expels Pakistani diplomats</figcaption></figure></main>"
        "<footer>Russia attacks Ukraine. © 2019</footer></body></html>"
    )
    assert told(code(read_bytes(page.encode(), name="page.html")).events) == TOLD["page.txt"]


def test_what_is_left_of_mark_up_is_passed_over() -> None:
    """Tags, attributes and entities in a text name no actor, and what they mark is read."""
    text = (
        "<p>Kenya&nbsp;signed a <b>trade agreement</b> with <a href='/france' title='Russia attacks Ukraine'>Uganda</a>"
        " in Nairobi &amp; Mombasa.</p>"
    )
    (event,) = coding(text).events
    assert told((event,)) == [("SUPPORT", {"KEN", "UGA"})]
    assert text[event.start : event.end] == event.text


def test_other_languages_are_left_out_and_counted() -> None:
    """Sentences in other languages give nothing and are counted by language; English beside them is coded."""
    assert coding(FRENCH) == Coding(unread=(("fr", 2),))
    mixed = coding(f"{ACT}\n\n{FRENCH}\n\n{ARABIC}\n\n{ACT}")
    assert mixed.unread == (("fr", 2), ("ar", 1))
    assert told(mixed.events) == [("ACCUSE", {"FRA", "RUS"})] * 2
    assert coding(f'{ACT} He said: "Nous ne voulons pas de la guerre et nous le disons."').unread == ()


def test_a_document_in_two_languages_is_coded_in_part() -> None:
    """A document's paragraphs in another language are counted by their sentences."""
    document = read_bytes(f"# Notes\n\n{ACT}\n\n{FRENCH}\n".encode(), name="notes.md")
    found = code(document)
    assert (found.unread, told(found.events)) == ((("fr", 2),), [("ACCUSE", {"FRA", "RUS"})])


@pytest.mark.parametrize(
    "text",
    [
        "in the last 9999999999999999999999999999999999999999999999999999 weeks",
        "9999999999999999999999999999999999999999999999999999 years ago France met India.",
        "France met India 99999999999999999999999999999999999999999 times a year.",
        "\x00\x01 \ufffd <<>>",
        "France\x00met\x0bIndia\x85in\u2028Paris",
        "<" * 2000,
        "<France " * 300,
        "&" * 2000,
        "> " * 1000,
        "From:\nTo:\nSubject:",
        "France said that " * 150,
        "France met India and " + "he said " * 360,
        "THE FRENCH PRESIDENT MET MINISTER AND INDIAN PRESIDENT IN NEW DELHI " * 40,
        "France told it that they and he met India which it " * 50,
    ],
)
def test_what_once_failed_or_might_is_read(text: str) -> None:
    """Numbers of any length, marks without an end, and deep nesting are read by every door."""
    hostile.hold(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(hostile.WORDS), max_size=60).map(" ".join))
def test_words_in_any_order_are_read(text: str) -> None:
    """Words, marks and characters on which the rooms branch, in any order, are read and found verbatim."""
    hostile.hold(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_characters_in_any_order_are_read(text: str) -> None:
    """Any characters are read and found verbatim."""
    hostile.hold(text)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(hostile.WORDS), min_size=1, max_size=4).map(" ".join), st.integers(2, 400))
def test_repetition_is_read(piece: str, times: int) -> None:
    """A few words said hundreds of times are read and found verbatim."""
    hostile.hold(" ".join([piece] * times)[:8000])


def test_a_passage_too_long_to_be_a_sentence_is_read_to_its_end() -> None:
    """What stands far behind its beginning is found, with its characters."""
    text = "and so on " * 700 + "France signed a treaty with Japan in Tokyo on 3 May 2019 " + "and more of it " * 900
    (event,) = coding(text).events
    assert told((event,)) == [("SUPPORT", {"FRA", "JPN"})]
    assert text[event.start : event.end] == event.text
    assert "France signed a treaty with Japan" in event.text
