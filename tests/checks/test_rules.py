"""Every rule has a code, a page and the same page in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.checks import RULES, Rule, rule
from comity.terms import UnknownCode

_DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules"


def test_codes_are_unique_and_well_formed() -> None:
    """No two rules share a code or a name, and each code is three letters and three digits."""
    assert len({each.code for each in RULES}) == len(RULES) == len({each.name for each in RULES})
    assert all(re.fullmatch(r"[A-Z]{3}\d{3}", each.code) for each in RULES)


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_page_says_what_why_and_how_to_silence(each: Rule) -> None:
    """A rule's page has its parts and is the very page of the documentation."""
    page = each.page
    assert page.startswith(f"# {each.code}: ")
    for heading in ("What it checks", "Example", "Why it matters", "When it stays silent", "How to silence it"):
        assert f"## {heading}" in page
    assert f"comity: ignore {each.code}" in page
    assert (_DOCS / f"{each.code}.md").read_text(encoding="utf-8") == page


def test_documentation_has_no_page_of_a_rule_that_is_gone() -> None:
    """The folder of rule pages holds a page for each rule and no other."""
    assert {path.stem for path in _DOCS.glob("*.md")} - {"README"} == {each.code for each in RULES}


def test_rule_is_found_in_either_case_and_unknown_codes_list_the_known() -> None:
    """`rule` finds a code however it is typed; a wrong one is refused with the choices."""
    assert rule("sum001") is RULES[0]
    with pytest.raises(UnknownCode, match="SUM001"):
        rule("XYZ999")
