"""Who is named without a title bears the office that he held on the day of the act."""

from __future__ import annotations

from datetime import date

import pytest

from comity.coding import code_text
from comity.terms import Rank

PUBLISHED = date(2021, 11, 30)


@pytest.mark.parametrize(
    ("text", "office", "rank"),
    [
        # He was no president yet, whatever he was when the text appeared.
        ("On 31 August 2016 Donald Trump, then a candidate, visited Mexico City.", "", None),
        ("Donald Trump visited Mexico City on 31 August 2018.", "President", Rank.HEAD_OF_STATE),
        ("Barack Obama visited Kenya in August 2006.", "", None),
        # Without a date nothing speaks against the office of the list.
        ("Donald Trump visited Mexico City.", "President", Rank.HEAD_OF_STATE),
        # An office that the text itself states is the text's.
        ("US President Donald Trump visited Mexico City on 31 August 2016.", "President", Rank.HEAD_OF_STATE),
    ],
)
def test_an_office_is_that_of_the_acts_day(text: str, office: str, rank: Rank | None) -> None:
    """A visit before the term is no visit of a head of state."""
    (event,) = code_text(text, source_id="a", published=PUBLISHED).events
    (actor,) = event.actors
    assert (actor.code, actor.office, actor.rank) == ("USA", office, rank)
    assert actor.person.split()[-1] in text
