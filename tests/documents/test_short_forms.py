"""Short forms in notes lead back to the work that an earlier note cites, or to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.documents import bibliography, read_bytes
from comity.terms import Document

HASSAN = "Ali Hassan, *Ports of the Horn* (London: Harbour Press, 2016), pp. 44-47."
DHOWS = "Ali Hassan, *Dhows and Dues* (London: Harbour Press, 2011), p. 9."
REED = "Joan Reed, “Berbera Rising,” *Journal of Red Sea Studies* 2, no. 1 (2018): 5–19."
DAHL = "Erik Dahl, *The Cod Years* (Oslo: Fjord Press, 1991), 44."
THANKS = "The author thanks the customs officers for their patience."


def document_of(*notes: str, end: str = "") -> Document:
    """Read a paper with these notes."""
    body = " ".join(f"The ministers of both states met again in Muscat.[^{n}]" for n in range(1, len(notes) + 1))
    listed = "\n".join(f"[^{n}]: {note}" for n, note in enumerate(notes, 1))
    return read_bytes(f"# Ports\n\n3 May 2019\n\n{body}\n\n{listed}\n{end}".encode(), name="ports.md")


def cited(document: Document, label: int) -> list[tuple[str, str]]:
    """Return titles and pages of what a note cites."""
    return [(work.title, work.page) for work in document.notes[label - 1].citations]


@pytest.mark.parametrize(
    ("short", "page"),
    [
        ("Ibid.", "44-47"),
        ("ibid., p. 50", "50"),
        ("Ibid, pp. 50-52.", "50-52"),
        ("Id. at 12.", "12"),
        ("Idem, 12.", "12"),
        ("See ibid., 12.", "12"),
        ("Loc. cit.", "44-47"),
        ("Hassan, op. cit., p. 12.", "12"),
        ("Hassan, supra note 1, at 12.", "12"),
        ("Hassan (n 1) 12.", "12"),
        ("See note 1 above.", "44-47"),
        ("Supra note 1, p. 12.", "12"),
        ("Hassan, Ports, 12.", "12"),
        ("Hassan, *Ports of the Horn*, p. 12.", "12"),
        ("A. Hassan, Ports, pp. 12–14.", "12-14"),
        ("Hassan, 12.", "12"),
        ("See Hassan, Ports, 12.", "12"),
    ],
)
def test_a_short_form_cites_the_work_before_at_its_own_page(short: str, page: str) -> None:
    """Each form of reference to an earlier note has that note's work, its authors and year, with the page that it names itself."""
    document = document_of(HASSAN, short)
    assert cited(document, 2) == [("Ports of the Horn", page)]
    work = document.notes[1].citation
    assert work is not None and work.issued is not None
    assert ([name.family for name in work.authors], work.issued.first_year, work.publisher) == (
        ["Hassan"],
        2016,
        "Harbour Press",
    )
    assert document.warnings == ()


def test_a_chain_of_ibid_keeps_the_last_page() -> None:
    """Ibid. after ibid. leads to the same work, at the page that was named last."""
    document = document_of(HASSAN, "Ibid., 50.", "Ibid.", "Ibid., 61.")
    assert [cited(document, label) for label in (2, 3, 4)] == [
        [("Ports of the Horn", page)] for page in ("50", "50", "61")
    ]


@pytest.mark.parametrize(
    "notes",
    [
        ("Ibid., p. 3.",),
        (f"{REED[:-1]}; {DAHL}", "Ibid., p. 3."),
        (HASSAN, THANKS, "Ibid., p. 3."),
        (HASSAN, DHOWS, "Hassan, 3."),
        (HASSAN, DHOWS, "Hassan, op. cit., p. 3."),
        (HASSAN, DAHL, "Op. cit., p. 3."),
        (HASSAN, f"{REED[:-1]}; {DAHL}", "Supra note 2, p. 3."),
        (HASSAN, "See note 7 above."),
    ],
)
def test_what_could_mean_two_works_means_none(notes: tuple[str, ...]) -> None:
    """A short form that has no one work before it cites nothing, and one line of warning names its note."""
    document = document_of(*notes)
    assert cited(document, len(notes)) == []
    assert [warning for warning in document.warnings if f"note {len(notes)} " in warning and "not certain" in warning]


def test_a_short_title_tells_two_works_of_an_author_apart() -> None:
    """With a short title the author's other work does not stand in the way."""
    document = document_of(HASSAN, DHOWS, "Hassan, *Dhows*, 3.", "Hassan, Ports, op. cit., 4.", "Hassan, Rivers, 5.")
    assert cited(document, 3) == [("Dhows and Dues", "3")]
    assert cited(document, 4) == [("Ports of the Horn", "4")]
    assert ("Ports of the Horn", "5") not in cited(document, 5)


def test_the_author_tells_which_work_of_a_note_is_meant() -> None:
    """A note that cites two works can be referred to by the name of one author."""
    document = document_of(f"{REED[:-1]}; {DAHL}", "Reed (n 1) 12.", "Dahl, supra note 1, 13.")
    assert cited(document, 2) == [("Berbera Rising", "12")]
    assert cited(document, 3) == [("The Cod Years", "13")]


def test_a_note_cites_several_works_each_its_own() -> None:
    """Works set apart by semicolons are told apart, and a short form among them is led back."""
    document = document_of(HASSAN, f"Ibid., 50; see also {REED}", DAHL)
    assert cited(document, 2) == [("Ports of the Horn", "50"), ("Berbera Rising", "5-19")]


def test_a_work_is_listed_once() -> None:
    """The bibliography has each work once, however often it is cited, in full or for short."""
    end = "\n## References\n\nHassan, A. (2016). *Ports of the Horn*. London: Harbour Press.\n\nOlsen, B. (2001). *Nets*. Oslo: Fjord Press.\n"
    document = document_of(HASSAN, "Ibid., 50.", HASSAN, REED, "Hassan, Ports, 3.", end=end)
    assert [item.get("title") for item in bibliography(document)] == [
        "Ports",
        "Ports of the Horn",
        "Berbera Rising",
        "Nets",
    ]
    ids = [item["id"] for item in bibliography(document)]
    assert len(set(ids)) == len(ids)
    assert [item["id"] for item in bibliography(document, document)] == ids[:1] + ids


def test_entries_of_a_list_are_works() -> None:
    """Each entry of a list of references is an item; dashes stand for the author of the entry above."""
    document = read_bytes(
        b"# Ports\n\n3 May 2019\n\nThe ministers met (Hassan 2016, 44).\n\n## References\n\n"
        b"Hassan, A. (2016). *Ports of the Horn*. London: Harbour Press.\n\n"
        b"\xe2\x80\x94\xe2\x80\x94\xe2\x80\x94. (2011). *Dhows and dues*. London: Harbour Press.\n\n"
        b"Reed, J. (2018). Berbera rising. *Journal of Red Sea Studies*, 2(1), 5-19.\n",
        name="ports.md",
    )
    told = [
        (work.authors[0].family, work.title, work.to_csl("x")["issued"]["date-parts"]) for work in document.references
    ]
    assert told == [
        ("Hassan", "Ports of the Horn", [[2016]]),
        ("Hassan", "Dhows and dues", [[2011]]),
        ("Reed", "Berbera rising", [[2018]]),
    ]


def test_prose_cites_nothing() -> None:
    """A note that is a remark has no citation, and none is made up for what follows."""
    document = document_of(THANKS, "On this point the two communiqués differ.")
    assert [note.citations for note in document.notes] == [(), ()]
    assert [item["type"] for item in bibliography(document)] == ["document"]


_FORMS = st.lists(
    st.sampled_from(
        [
            HASSAN,
            DHOWS,
            REED,
            DAHL,
            THANKS,
            "Ibid.",
            "Ibid., 3.",
            "Hassan, Ports, 3.",
            "Reed, op. cit.",
            "See note 1 above.",
            "Hassan, 9.",
        ]
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25)
@given(_FORMS)
def test_short_forms_bring_no_new_works(notes: list[str]) -> None:
    """Whatever the order of notes, the bibliography has the works that are cited in full, each once, in the order of the notes."""
    full = {HASSAN: "Ports of the Horn", DHOWS: "Dhows and Dues", REED: "Berbera Rising", DAHL: "The Cod Years"}
    listed = [item.get("title") for item in bibliography(document_of(*notes))][1:]
    assert [title for title in listed if title in full.values()] == list(
        dict.fromkeys(full[n] for n in notes if n in full)
    )
    for note, works in zip(notes, document_of(*notes).notes, strict=True):
        if note in ("Ibid.", "Ibid., 3.", "See note 1 above."):
            assert all(work.title in full.values() for work in works.citations)
