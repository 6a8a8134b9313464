"""What a rule is: a code, a severity, a page for people, and a function from a reading to rulings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.terms import Claim, Severity

if TYPE_CHECKING:
    from comity.checks.reading import Reading


@dataclass(frozen=True, slots=True)
class Ruling:
    """A claim with its verdict. `severity` overrides the rule's own where a contradicted claim is graver or lighter."""

    claim: Claim
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of claim and how it is held against the evidence.

    Attributes:
        code: three letters for what is checked and three digits ("SUM001").
        name: the rule in two or three words, with hyphens.
        severity: of a contradicted claim, unless the ruling says otherwise.
        summary: one sentence for lists.
        judge: the claims of this kind that a document makes, each with its verdict.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    judge: Callable[[Reading], Iterable[Ruling]] = field(repr=False, compare=False)

    @property
    def page(self) -> str:
        """What the rule checks, an example, why it matters and how to silence it, in Markdown."""
        return _page(self.code)


@cache
def _page(code: str) -> str:
    return (files("comity.checks") / "pages" / f"{code}.md").read_text(encoding="utf-8")
