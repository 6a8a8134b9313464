"""What people decide changes what is shown, never what is stored, and can be taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.record import (
    Record,
    View,
    append_decision,
    export_events,
    export_observations,
    read_decisions,
    sift_decisions,
    weigh,
)
from comity.terms import Decision, Judgement, RecordError, Stance, Status
from tests.record.reports import document, figures, million, position, visit

PAPER = document("paper.txt", "Leroux visited New Delhi on 4 March 2019.", "The day after she left.")
OTHER = document("other.txt", "She came on 20 March 2019.")
FIRST = visit(PAPER, "FRA Marie Leroux/foreign-minister", "IND", "2019-03-04", "IND New Delhi")
SECOND = visit(OTHER, "FRA Leroux", "IND", "2019-03-20", "IND")
POSITION = position(PAPER, "FRA", "nuclear", Stance.CONCERNED, "IND")
FIGURE = figures(PAPER, "FRA", "IND", {2017: "389"})[0]


def decision(target: str, judgement: Judgement, other: str = "", **changes: str) -> Decision:
    """Return a decision of today's reviewer."""
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    return Decision(target, judgement, "reviewer", at, tuple(changes.items()), other, "seen in the archive")


def decided(record: Record, *decisions: Decision) -> View:
    """Return a view of the record with two visits of other days, after the decisions."""
    with record.writing() as writer:
        writer.store(PAPER, [FIRST], [POSITION], [FIGURE])
        writer.store(OTHER, [SECOND])
        writer.apply(decisions)
    return record.view()


def days(view: View) -> list[list[str]]:
    """Return the dates of the reports of each act."""
    return [[report.date.period.label for report in act.reports if report.date] for act in view.events()]


def test_rejected_report_is_not_shown(record: Record) -> None:
    """A rejected report leaves the view and the exports, and can be looked up among the rejected."""
    with decided(record, decision(FIRST.id, Judgement.REJECTED)) as view:
        assert days(view) == [["20 March 2019"]]
        assert view.rejected() == (FIRST,)
        assert b"4 March" not in export_events(view)


def test_rejected_act_takes_all_its_reports(record: Record) -> None:
    """An act is rejected by its id with every report of it, joined ones too."""
    joined = decision(FIRST.id, Judgement.MERGED, SECOND.id)
    with decided(record, joined) as view:
        (act,) = view.events()
    with decided(record, joined, decision(act.id, Judgement.REJECTED)) as view:
        assert view.events() == ()
        assert {report.id for report in view.rejected()} == {FIRST.id, SECOND.id}


def test_undecided_takes_it_back(record: Record) -> None:
    """After `undecided` the view is as if nothing had been decided on that target."""
    with decided(record) as view:
        before = view.events()
    taken_back = [decision(FIRST.id, Judgement.REJECTED), decision(FIRST.id, Judgement.UNDECIDED)]
    with decided(record, *taken_back) as view:
        assert view.events() == before
        assert view.ruling(FIRST.id) is None
        assert len(view.decisions()) == 2


def test_last_judgement_wins(record: Record) -> None:
    """The last of several verdicts on a target counts."""
    with decided(record, decision(FIRST.id, Judgement.REJECTED), decision(FIRST.id, Judgement.ACCEPTED)) as view:
        assert len(view.events()) == 2
        ruling = view.ruling(FIRST.id)
        assert ruling is not None
        assert ruling.judgement is Judgement.ACCEPTED


def test_correction_changes_the_view_only(record: Record) -> None:
    """A corrected date is shown with who set it; the stored report stays, and the act keeps its id."""
    with decided(record) as view:
        act_before = view.event(FIRST.id)
    with decided(record, decision(FIRST.id, Judgement.CORRECTED, date="2019-03-06", place="IND Mumbai")) as view:
        act = view.event(FIRST.id)
        assert act is not None
        assert act_before is not None
        assert act.id == act_before.id
        assert act.event.date is not None
        assert act.event.date.period.label == "6 March 2019"
        assert act.event.place is not None
        assert act.event.place.city == "Mumbai"
        line = json.loads(export_events(view).splitlines()[0])
        assert line["decision"] == {
            "judgement": "corrected",
            "changes": {"date": "2019-03-06", "place": "IND Mumbai"},
            "user": "reviewer",
            "at": "2026-01-02T03:04:05+00:00",
            "reason": "seen in the archive",
        }
        assert view.problems() == ()
    with decided(record) as view:
        assert view.event(FIRST.id) == act_before


def test_correction_can_join_reports(record: Record) -> None:
    """Two reports become one act when a correction gives them one date."""
    with decided(record, decision(SECOND.id, Judgement.CORRECTED, date="2019-03-04")) as view:
        assert days(view) == [["4 March 2019", "4 March 2019"]]


def test_correction_of_an_act_reaches_all_its_reports(record: Record) -> None:
    """A correction of an act by its id corrects every report of it."""
    joined = decision(FIRST.id, Judgement.MERGED, SECOND.id)
    with decided(record, joined) as view:
        (act,) = view.events()
        assert [each.feature for each in act.disagreements] == ["date"]
    with decided(record, joined, decision(act.id, Judgement.CORRECTED, date="2019-03-05")) as view:
        assert days(view) == [["5 March 2019", "5 March 2019"]]
        assert view.events()[0].id == act.id


def test_fields_are_corrected_one_by_one(record: Record) -> None:
    """Corrections of two fields stand together; of one field the last stands; to accept keeps them."""
    with decided(
        record,
        decision(FIRST.id, Judgement.CORRECTED, ordinal="2", contexts="diplomatic, economic"),
        decision(FIRST.id, Judgement.CORRECTED, ordinal="3"),
        decision(FIRST.id, Judgement.ACCEPTED),
    ) as view:
        act = view.event(FIRST.id)
        assert act is not None
        assert (act.event.ordinal, act.event.contexts) == (3, ("diplomatic", "economic"))


def test_wrong_actor_is_corrected(record: Record) -> None:
    """Actors are corrected by their codes; one whom the coder did not see takes the evidence as its mention."""
    with decided(record, decision(FIRST.id, Judgement.CORRECTED, actors="DEU", recipients="IND")) as view:
        act = view.event(FIRST.id)
        assert act is not None
        assert [(actor.code, actor.text) for actor in act.event.actors] == [("DEU", FIRST.text)]
        assert act.event.recipients == FIRST.recipients


def test_separated_reports_are_two_acts(record: Record) -> None:
    """Reports that the machine joins stand apart when a person says so, and again together when it is taken back."""
    together = decision(SECOND.id, Judgement.CORRECTED, date="2019-03-04")
    apart = decision(SECOND.id, Judgement.SEPARATED, FIRST.id)
    with decided(record, together, apart) as view:
        assert len(view.events()) == 2
    with decided(record, together, apart, decision(FIRST.id, Judgement.UNDECIDED)) as view:
        assert len(view.events()) == 1


def test_statements_and_figures_are_judged_too(record: Record) -> None:
    """A statement's stance and a figure's number can be corrected, and either rejected."""
    with decided(
        record,
        decision(POSITION.id, Judgement.CORRECTED, stance="opposes"),
        decision(FIGURE.id, Judgement.CORRECTED, number="398", status="imputed"),
    ) as view:
        assert [each.stance for each in view.statements()] == [Stance.OPPOSES]
        (figure,) = view.observations()
        assert (figure.quantity.value, figure.status) == (million("398"), Status.IMPUTED)
        assert json.loads(export_observations(view))["decision"]["changes"]["number"] == "398"
    with decided(record, decision(POSITION.id, Judgement.REJECTED), decision(FIGURE.id, Judgement.REJECTED)) as view:
        assert view.statements() == view.observations() == ()


def test_version_knows_decisions(record: Record) -> None:
    """A decision changes the version; the same decisions give the same one."""
    with decided(record) as view:
        plain = view.version
    with decided(record, decision(FIRST.id, Judgement.ACCEPTED)) as view:
        assert view.version != plain
    with decided(record) as view:
        assert view.version == plain


def test_correction_that_does_not_fit_is_told(record: Record) -> None:
    """A correction whose result is no valid event is left out and told, and the rest is shown."""
    with decided(record, decision(FIRST.id, Judgement.CORRECTED, modes="troops")) as view:
        assert view.event(FIRST.id) is not None
        (problem,) = view.problems()
        assert FIRST.id in problem


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("colour", "red"),
        ("date", "yesterday"),
        ("date", "2019-02-30"),
        ("date", "0000"),
        ("date", "2019-13"),
        ("date", "2019/2018"),
        ("type", "VISIT"),
        ("modes", "teleport"),
        ("contexts", "gossip"),
        ("actors", ""),
        ("actors", "France"),
        ("place", "Paris"),
        ("ordinal", "third"),
        ("symmetric", "maybe"),
        ("stance", "angry"),
        ("status", "guessed"),
        ("number", "many"),
        ("issue", ""),
    ],
)
def test_correction_that_is_none_is_refused(record: Record, tmp_path: Path, field: str, value: str) -> None:
    """A correction of no field, or to no value, is refused when it is appended and when it is applied."""
    wrong = decision(FIRST.id, Judgement.CORRECTED, **{field: value})
    with pytest.raises(RecordError, match=FIRST.id):
        append_decision(tmp_path / "decisions.jsonl", wrong)
    assert not (tmp_path / "decisions.jsonl").exists()
    with pytest.raises(RecordError, match=field), record.writing() as writer:
        writer.apply([wrong])


def test_decisions_are_appended_and_read(tmp_path: Path) -> None:
    """What was appended is read back in its order; a missing file holds no decisions."""
    path = tmp_path / "decisions.jsonl"
    assert read_decisions(path) == ()
    made = [decision("a", Judgement.ACCEPTED), decision("b", Judgement.CORRECTED, date="2019")]
    for each in made:
        append_decision(path, each)
    assert read_decisions(path) == tuple(made)
    assert path.read_text().count("\n") == 2


def test_bad_line_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    """A line that is no decision is named with its number, and the file stays as it is."""
    path = tmp_path / "decisions.jsonl"
    append_decision(path, decision("a", Judgement.ACCEPTED))
    with path.open("a") as stream:
        stream.write('\n{"target": "b", "judge')
    content = path.read_bytes()
    with pytest.raises(RecordError, match=r"decisions\.jsonl:3: "):
        read_decisions(path)
    assert path.read_bytes() == content
    append_decision(path, decision("c", Judgement.ACCEPTED))
    lines = path.read_bytes().splitlines()
    assert len(lines) == 4
    path.write_bytes(b"\n".join(lines[:2] + lines[3:]))
    assert [each.target for each in read_decisions(path)] == ["a", "c"]


@pytest.mark.parametrize(
    "line",
    [b"[]", b"\xff\xfe", b'{"target":"a","judgement":"accepted","user":"u","at":"2026-01-01T00:00:00"}', b"{}"],
)
def test_lines_that_are_no_decision(tmp_path: Path, line: bytes) -> None:
    """Another shape, bytes that are no UTF-8, and a time without zone are each told with their line."""
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(line + b"\n")
    with pytest.raises(RecordError, match=r":1: this line is no decision"):
        read_decisions(path)


APPENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from comity.record import append_decision
from comity.terms import Decision, Judgement
for number in range(15):
    made = Decision(f"{sys.argv[2]}{number}", Judgement.ACCEPTED, sys.argv[2], datetime(2026, 1, 2, tzinfo=UTC))
    append_decision(Path(sys.argv[1]), made)
"""


def test_bad_lines_stand_beside_the_good_ones(tmp_path: Path) -> None:
    """Sifting gives every decision and, for each line that is none (no JSON, no such field, no text), its place."""
    path = tmp_path / "decisions.jsonl"
    assert sift_decisions(path).decisions == sift_decisions(path).faults == ()
    append_decision(path, decision("a", Judgement.ACCEPTED))
    append_decision(path, decision("b", Judgement.CORRECTED, place="IND Mumbai"))
    first, second = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([b"{", first, second.replace(b'"place"', b'"colour"'), b"\xff", b"", second]))
    file = sift_decisions(path)
    assert [each.target for each in file.decisions] == ["a", "b"]
    assert [str(fault).partition(": ")[0] for fault in file.faults] == [f"{path}:{number}" for number in (1, 3, 4)]


def test_a_file_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    """A folder or a broken link in the place of decisions.jsonl is an error, not a file without decisions."""
    path = tmp_path / "decisions.jsonl"
    path.mkdir()
    with pytest.raises(RecordError, match="cannot be read"):
        sift_decisions(path)
    path.rmdir()
    path.symlink_to("nowhere.jsonl")
    with pytest.raises(RecordError, match="cannot be read"):
        sift_decisions(path)


def test_appending_at_once_loses_nothing(tmp_path: Path) -> None:
    """Three processes that append at once leave every decision whole."""
    path = tmp_path / "decisions.jsonl"
    workers = [subprocess.Popen([sys.executable, "-c", APPENDER, str(path), user]) for user in "xyz"]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    assert {each.target for each in read_decisions(path)} == {f"{user}{n}" for user in "xyz" for n in range(15)}


TARGETS = st.sampled_from(["a", "b", "c"])
DECISIONS = st.lists(
    st.one_of(
        st.builds(decision, TARGETS, st.sampled_from([Judgement.ACCEPTED, Judgement.REJECTED, Judgement.UNDECIDED])),
        st.tuples(TARGETS, st.sampled_from(["1", "2"])).map(
            lambda pair: decision(pair[0], Judgement.CORRECTED, ordinal=pair[1])
        ),
        st.tuples(TARGETS, st.sampled_from([Judgement.MERGED, Judgement.SEPARATED])).map(
            lambda pair: decision(pair[0], pair[1], "d")
        ),
    ),
    max_size=12,
)


@given(DECISIONS)
def test_weighing_is_a_fold(decisions: Sequence[Decision]) -> None:
    """A final `undecided` on every target leaves nothing; a pair is never both joined and parted."""
    docket = weigh(decisions)
    assert not set(docket.joined) & set(docket.parted)
    verdicts = {each.target: each.judgement for each in decisions if each.judgement in ("accepted", "rejected")}
    for target, ruling in docket.rulings.items():
        if ruling.verdict is not None:
            assert ruling.verdict is verdicts[target]
    ended = [*decisions, *(decision(target, Judgement.UNDECIDED) for target in "abc")]
    assert weigh(ended).rulings == {}
    assert weigh(ended).joined == weigh(ended).parted == ()
