"""A list of leaders among the sources: recognised, used in all documents, and their coding undone with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.app.cli import comity
from comity.flow import Workspace, add, build, check_file, dyad_of, leaders_for, open_view, read_source
from comity.flow.leader_files import Leaders, is_leader_file, read_leader_file
from comity.terms import UnreadableSource

LIST = """\
stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender
GHA,452,A-1,Odartey,6,3,1957,2,1966,1909,1
GFR,260,A-2,"Weissbach, Kurt",15,9,1949,10,1963,1876,1
XXX,9999,A-3,Nowhere,1,1,1950,1,1951,1900,1
GHA,452,A-4,Backward,1,1,1960,1,1950,1900,1
"""
ARCHIGOS = """\
obsid\tleadid\tccode\tidacr\tleader\tstartdate\tenddate
GHA-1957\t1\t452\tGHA\tOdartey\t1957-03-06\t1966-02-24
"""
NOTE = """\
# Odartey in Bonn

By
Jane Roe

12 March 1962

Odartey visited Bonn on 5 March 1962.
"""


@pytest.fixture
def ghana(tmp_path: Path) -> Workspace:
    """A workspace for Ghana and Germany with one document, whose visitor only a list knows."""
    made = Workspace.create(tmp_path / "ghana-germany", dyad_of("GHA", "DEU"))
    (made.sources / "visit.md").write_text(NOTE, encoding="utf-8")
    return made


def visitors(workspace: Workspace) -> list[tuple[str, ...]]:
    """The actors of every event in the record."""
    with open_view(workspace) as view:
        return [tuple(actor.code for actor in one.actors) for event in view.events() for one in event.reports]


def test_a_list_counts_while_it_lies_among_the_sources(ghana: Workspace, tmp_path: Path) -> None:
    """Adding a list codes the documents anew with its persons; taking it away codes them anew without."""
    build(ghana)
    assert visitors(ghana) == []
    listed = tmp_path / "anything.txt"
    listed.write_text(LIST, encoding="utf-8")
    (added,) = add(ghana, [listed])
    assert (added.outcome, added.taken_for) == ("added", "REIGN leader list: 2 leaders of 2 states, 1949-1966")
    report = build(ghana)
    assert report.read == ("anything.txt", "visit.md")
    assert ("anything.txt", added.taken_for) in report.guesses
    assert [words for name, words in report.warnings if name == "anything.txt"] == [
        "line 4 is not used: there is no state with the Correlates of War number 9999.",
        "line 5 is not used: the term of Backward ends (1950-01-31) before it begins (1960-01-01).",
    ]
    assert visitors(ghana) == [("GHA",)]
    assert build(ghana).unchanged == ("anything.txt", "visit.md")
    (ghana.sources / "anything.txt").unlink()
    again = build(ghana)
    assert (again.read, again.retired) == (("visit.md",), ("anything.txt",))
    assert visitors(ghana) == []


def test_a_list_is_neither_prose_nor_figures(ghana: Workspace) -> None:
    """The record holds one line about a list, which says what it was taken for, and no event, figure or table of it."""
    (ghana.sources / "list.csv").write_text(LIST, encoding="utf-8")
    reading = read_source(ghana.sources / "list.csv")
    assert reading.document.text == "REIGN leader list: 2 leaders of 2 states, 1949-1966."
    assert not (reading.events or reading.statements or reading.observations or reading.document.tables)


def test_a_list_without_a_usable_row_is_not_read_and_changes_nothing(ghana: Workspace) -> None:
    """Where no row can be used the build says so and goes on with the own list."""
    (ghana.sources / "list.csv").write_text("".join(LIST.splitlines(keepends=True)[i] for i in (0, 3)), "utf-8")
    report = build(ghana)
    ((name, reason),) = report.unread
    assert name == "list.csv" and "without a row that can be used" in reason
    assert report.read == ("visit.md",)


def test_a_draft_is_read_with_the_lists_of_its_workspace(ghana: Workspace, tmp_path: Path) -> None:
    """`check` knows the persons of the lists in sources/, and of those that are named, and counts a content once."""
    listed = tmp_path / "list.tab"
    listed.write_text(ARCHIGOS, encoding="utf-8")
    draft = ghana.sources / "visit.md"
    assert leaders_for(ghana) is None
    named = leaders_for(None, [listed])
    (ghana.sources / "list.tab").write_text(ARCHIGOS, encoding="utf-8")
    within = leaders_for(ghana, [listed])
    for people in (named, within):
        assert people is not None
        assert [event.actors[0].code for event in read_source(draft, leaders=people).events] == ["GHA"]
        assert check_file(draft, ghana, leaders=people).document.name == str(draft)
    assert read_source(draft).events == ()
    with pytest.raises(UnreadableSource, match="no list of leaders"):
        leaders_for(None, [draft])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("text", [LIST, ARCHIGOS, LIST.replace("\n", "\r\n"), ARCHIGOS.replace("\t", ";")])
def test_a_list_is_read_in_any_usual_form(text: str, encoding: str, tmp_path: Path) -> None:
    """Commas, tabs, semicolons, line ends of any system and 8-bit letters do not hinder the reading."""
    path = tmp_path / "list"
    path.write_bytes(text.replace("Odartey", "Odartéy").encode(encoding))
    assert is_leader_file(path)
    assert read_leader_file(path).leaders.persons[0].name == "Odartéy"


def test_what_is_no_list_is_left_alone(tmp_path: Path) -> None:
    """Tables of statistics, prose, pictures and what is not there are no lists of leaders."""
    for number, content in enumerate([b"Year,Exports\n2015,3\n", NOTE.encode(), b"\x89PNG\x00\xff", b"", b'"\n' * 9]):
        path = tmp_path / str(number)
        path.write_bytes(content)
        assert not is_leader_file(path)
    assert not is_leader_file(tmp_path / "missing") and not is_leader_file(tmp_path)


def test_code_takes_lists_of_leaders(tmp_path: Path) -> None:
    """`comity code --leaders FILE` knows the list's persons, to stdout and into a folder; another list is another run."""
    listed, texts = tmp_path / "list.csv", tmp_path / "texts.jsonl"
    listed.write_text(LIST, encoding="utf-8")
    texts.write_text(
        json.dumps({"id": "a", "text": "Odartey visited Bonn on 5 March 1962.", "date": "1962-03-12"}) + "\n"
    )
    command = ["code", str(texts), "--format", "jsonl"]
    assert CliRunner().invoke(comity, command, standalone_mode=False).stdout == ""
    told = CliRunner().invoke(comity, [*command, "--leaders", str(listed)], standalone_mode=False).stdout
    assert json.loads(told)["actors"][0]["code"] == "GHA"
    into = ["code", str(texts), "--out", str(tmp_path / "coded"), "--jobs", "1"]
    assert CliRunner().invoke(comity, [*into, "--leaders", str(listed)], standalone_mode=False).return_value == 0
    assert (tmp_path / "coded" / "events" / "00000.jsonl").read_text(encoding="utf-8") == told
    other = CliRunner().invoke(comity, into, standalone_mode=False)
    assert "other lists of leaders" in str(other.exception)


def test_the_published_lists_are_read_whole(shared: Path) -> None:
    """Of REIGN's 2,524 rows and Archigos' 3,409 all are used but those that name a council, and their leaders are known."""
    reign = read_leader_file(shared / "data" / "reign_leaderlist_2021_3.csv")
    archigos = read_leader_file(shared / "data" / "archigos.parquet")
    assert reign.leaders.summary == "REIGN leader list: 2,148 leaders of 200 states, 1921-2021"
    assert archigos.leaders.summary == "Archigos leader list: 2,798 leaders of 188 states, 1840-2015"
    for file in (reign, archigos):
        assert len(file.warnings) < 10 and all("is no person" in warning for warning in file.warnings)
    people = Leaders((reign, archigos)).people
    assert people is not None
    named = {"Nkrumah": 1960, "Adenauer": 1955, "Gambetta": 1881, "Ter-Petrosyan": 1995, "Milosevic": 1998}
    from datetime import date

    found = {name: people.surnamed(name, date(year, 12, 20)) for name, year in named.items()}
    assert {name: person.code for name, person in found.items() if person} == {
        "Nkrumah": "GHA", "Adenauer": "DEU", "Gambetta": "FRA", "Ter-Petrosyan": "ARM", "Milosevic": "SRB",
    }  # fmt: skip


def test_published_tables_of_statistics_are_no_lists(shared: Path) -> None:
    """Among all published data at hand the two lists alone are taken for lists."""
    found = [path.name for path in sorted((shared / "data").iterdir()) if path.is_file() and is_leader_file(path)]
    assert found == ["archigos.parquet", "reign_leaderlist_2021_3.csv"]
