"""Reports of one act become one event, and reports of two acts never do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.record import merge
from tests.record.reports import pairs, report

LEROUX = "FRA Marie Leroux/foreign-minister"


def a_visit(doc: str, date: str, guest: str = LEROUX, **more: Any) -> dict[str, Any]:
    """Return the spec of a visit to India."""
    spec = {"type": "CONSULT", "modes": ["visit"], "actors": [guest], "recipients": ["IND"], "place": "IND"}
    return {**spec, "doc": doc, "date": date, **more}


def acts_of(*specs: dict[str, Any]) -> list[set[int]]:
    """Return the acts that the specs make, each as the numbers of its reports, in order."""
    reports = [report(spec, number=number) for number, spec in enumerate(specs)]
    number_of = {each.id: number for number, each in enumerate(reports)}
    return sorted(({number_of[each.id] for each in act.reports} for act in merge(reports)), key=min)


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair["why"])
def test_labelled_pair(pair: dict[str, Any]) -> None:
    """Each labelled pair of reports is joined or kept apart as its label says."""
    acts = merge([report(pair["one"], number=0), report(pair["other"], number=1)])
    assert (len(acts) == 1) == pair["same"]


def test_labelled_set_is_large_and_has_hard_negatives() -> None:
    """The labelled set has at least 60 pairs, and more that differ than that agree."""
    labels = [pair["same"] for pair in pairs()]
    assert len(labels) >= 60
    assert labels.count(False) > labels.count(True) >= 25


def test_vague_report_does_not_chain_two_acts() -> None:
    """A report of a year fits two visits of that year, so it joins neither and does not join them to each other."""
    first, second, vague = a_visit("a", "2019-03-04"), a_visit("b", "2019-09-12"), a_visit("c", "2019")
    assert acts_of(first, second, vague) == [{0}, {1}, {2}]


def test_vague_report_joins_the_only_act_it_fits() -> None:
    """A report of a year joins the only visit of that year, and two such reports both do."""
    assert acts_of(a_visit("a", "2019-03-04"), a_visit("b", "2019"), a_visit("c", "2019-03")) == [{0, 1, 2}]


def test_meetings_on_the_days_of_a_stay_belong_to_the_visit() -> None:
    """Meetings with two hosts on two days of one stay are the visit, though their days differ."""
    meeting = {"type": "CONSULT", "sym": True, "place": "IND New Delhi", "doc": "b"}
    assert acts_of(
        a_visit("a", "2019-03-04/2019-03-06"),
        {**meeting, "actors": [LEROUX, "IND Anil Sharma"], "date": "2019-03-04"},
        {**meeting, "actors": [LEROUX, "IND Kavita Rao"], "date": "2019-03-06"},
    ) == [{0, 1, 2}]


SIGNED = "signed an agreement on nuclear energy on 3 May 2019."


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        (SIGNED, True),
        ("established diplomatic relations at the level of ambassadors on 3 May 2019.", True),
        ("ratified the agreement on nuclear energy that they signed, on 3 May 2019.", False),
        ("praised the other's plan for nuclear energy on 3 May 2019.", False),
    ],
)
def test_whoever_is_the_subject_of_a_signing_it_is_one_act(words: str, is_one: bool) -> None:
    """What both sides sign or establish is one act whichever of them is told as its actor; what each does for itself is not."""
    both = {"type": "SUPPORT", "date": "2019-05-03", "actors": ["IND|India", "FRA|France"], "sym": True, "doc": "a"}
    one_way = {**both, "actors": ["IND|India"], "recipients": ["FRA|France"], "sym": False, "doc": "b"}
    other_way = {**one_way, "actors": ["FRA|France"], "recipients": ["IND|India"], "doc": "c"}
    made = acts_of(*({**spec, "text": f"They {words}"} for spec in (both, one_way, other_way)))
    assert made == ([{0, 1, 2}] if is_one else [{0}, {1}, {2}])


def test_praise_of_an_agreement_is_not_its_signing() -> None:
    """An act of one side toward the other on the day of a signing stays apart, also where it names the agreement."""
    spec = {"type": "SUPPORT", "date": "2019-05-03", "actors": ["IND|India", "FRA|France"], "sym": True, "doc": "a"}
    praise = {**spec, "actors": ["IND|India"], "recipients": ["FRA|France"], "sym": False, "doc": "b"}
    text = "India praised France for the agreement on nuclear energy on 3 May 2019."
    assert acts_of({**spec, "text": f"India and France {SIGNED}"}, {**praise, "text": text}) == [{0}, {1}]


def test_undated_report_with_two_candidates_stands_alone() -> None:
    """An undated later mention joins its document's only visit of that person, and none where there are two."""
    later = a_visit("a", "", guest="FRA Leroux")
    assert acts_of(a_visit("a", "2019-03-04"), later) == [{0, 1}]
    assert acts_of(a_visit("a", "2019-03-04"), a_visit("a", "2020-02-01"), later) == [{0}, {1}, {2}]


def test_fullest_report_stands_for_the_act() -> None:
    """The most exactly dated report stands for the act, and every report is kept."""
    vague, exact = (report(a_visit(doc, when)) for doc, when in (("a", "2019"), ("b", "2019-03-04/2019-03-06")))
    (act,) = merge([vague, exact])
    assert act.event == exact
    assert set(act.reports) == {vague, exact}
    assert act.source_ids == ("a", "b")
    assert act.disagreements == ()


def test_act_has_the_place_that_the_other_reports_name() -> None:
    """Where the fullest report names no place, the act has the one the others agree on; where they differ, none."""
    meeting = {"type": "CONSULT", "sym": True, "actors": [LEROUX, "IND Anil Sharma"], "date": "2019-03-04"}
    bare = report({**meeting, "doc": "a"})
    pune, mumbai = (
        report(a_visit(doc, "2019-03-04", place=f"IND {city}")) for doc, city in (("b", "Pune"), ("c", "Mumbai"))
    )
    (act,) = merge([bare, pune])
    assert act.event.id == bare.id
    assert act.event.place == pune.place
    (act,) = merge([bare, pune, mumbai])
    assert act.event.place is None or act.event.place.city == ""


def test_disagreement_on_the_date_is_kept() -> None:
    """Two papers that print other days of one visit make one act, and both days are told with their reports."""
    one, other = (report(a_visit(doc, when)) for doc, when in (("a", "2019-03-04"), ("b", "2019-03-05")))
    (act,) = merge([one, other])
    (disagreement,) = act.disagreements
    assert disagreement.feature == "date"
    assert disagreement.readings == (("4 March 2019", (one.id,)), ("5 March 2019", (other.id,)))


def test_disagreement_on_the_city_is_kept() -> None:
    """Reports of one visit that name two cities make one act that tells both."""
    reports = [
        report(a_visit(doc, "2019-03-04", place=f"IND {city}")) for doc, city in (("a", "Mumbai"), ("b", "Pune"))
    ]
    (act,) = merge(reports)
    assert [(each.feature, [value for value, _ in each.readings]) for each in act.disagreements] == [
        ("place", ["Mumbai", "Pune"])
    ]


def test_id_outlives_a_second_source() -> None:
    """An act keeps its id when a second, no fuller report of it arrives."""
    first, second = report(a_visit("b", "2019-03-04/2019-03-06")), report(a_visit("c", "2019-03-05"))
    assert merge([first])[0].id == merge([first, second])[0].id


def test_acts_alike_in_all_have_two_ids() -> None:
    """Two accusations of one day that say different things are two acts with two ids."""
    spec = {"type": "ACCUSE", "actors": ["UGA"], "recipients": ["KEN"], "date": "2020-05-14", "doc": "a"}
    reports = [
        report({**spec, "text": "It accused Nairobi of harassing truck drivers."}, number=0),
        report({**spec, "text": "It faulted a levy on sugar."}, number=1),
    ]
    ids = [act.id for act in merge(reports)]
    assert len(set(ids)) == 2
    assert ids == [act.id for act in merge(reports[::-1])]


def test_people_join_and_part() -> None:
    """A pair that a person joined is one act, and a pair that a person parted is two, whatever the reports say."""
    one, other = report(a_visit("a", "2019-03-04")), report(a_visit("b", "2019-03-20"))
    (act,) = merge([one, other], joined=[(one.id, other.id)])
    assert [each.feature for each in act.disagreements] == ["date"]
    twin = report(a_visit("c", "2019-03-04"))
    assert len(merge([one, twin])) == 1
    assert len(merge([one, twin], parted=[(twin.id, one.id)])) == 2


def test_sorted_by_date_undated_last() -> None:
    """Acts come by date, the undated ones last."""
    acts = merge([report(a_visit("c", "")), report(a_visit("a", "2019-03-04")), report(a_visit("b", "2011"))])
    assert [act.event.source_id for act in acts] == ["b", "a", "c"]


SPECS = [spec for pair in pairs() for spec in (pair["one"], pair["other"])]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(SPECS) - 1), min_size=2, max_size=40, unique=True), st.randoms())
def test_order_does_not_count(chosen: list[int], random: Any) -> None:
    """Any order of the same reports gives the same acts, and every report is in exactly one."""
    reports = [report(SPECS[number], number=number) for number in chosen]
    shuffled = list(reports)
    random.shuffle(shuffled)
    acts = merge(reports)
    assert acts == merge(shuffled)
    assert sorted(each.id for act in acts for each in act.reports) == sorted(each.id for each in reports)
    assert len({act.id for act in acts}) == len(acts)
