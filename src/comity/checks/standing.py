"""Whether a sentence speaks for itself and of the printed figures, or reports another voice or another measure."""

from __future__ import annotations

import re

# "in real terms", "in volume", "as a share of GDP", "excluding oil": the figures printed are of something else.
_MEASURE = re.compile(
    r"\b(?:in\s+(?:real|constant|volume|quantity|physical|per\s+capita|relative|percentage|[a-z]+)\s+terms|in\s+(?:volume|tonnage|tonnes|tons|quantity|kind)|by\s+volume|(?:constant|real)\s+prices"
    r"|inflation|seasonally|adjusted|as\s+(?:a\s+)?(?:share|percentage|proportion|part)\s+of|relative\s+to\s+(?:gdp|output)|per\s+(?:capita|head)"
    r"|exclud(?:ing|ed|es?)|exclusive\s+of|except\s+for|apart\s+from|other\s+than|net\s+of|not\s+counting|without\s+counting|re-exports|(?:trade|exports|imports)\s+in\s+services|of\s+services)\b"
)
_NOMINAL = re.compile(
    r"\bin\s+(?:nominal|money|value|cash|current|dollar|euro|absolute|overall|simple|general)\s+terms\b"
)
# Another voice: what it says is not what the author claims, and its figures may be others.
_VOICE = re.compile(
    r"\b(?:said|says|saying|claims?|claimed|claiming|told|argued?s?|arguing|believes?|believed|insists?|insisted|alleged(?:ly)?|alleges?|reportedly|stated|noted\s+that|estimates?|estimated"
    r"|according\s+to(?!\s+(?:the\s+)?(?:tables?|figures?|data|statistics|above|chart)\b)|in\s+the\s+(?:words|view|opinion)\s+of|perceived|figures\s+(?:put|show)(?!\s+in\s+table)|some\s+say)\b|‹[^›]*›\s+(?:official\s+)?(?:figures|statistics|data)\b"
)
_DENIAL = re.compile(
    r"\b(?:myth|contrary\s+to|untrue|false(?:ly)?|wrong(?:ly)?|mistaken(?:ly)?|misconception|far\s+from|were\s+it\s+not|had\s+it\s+not|if\s+not\s+for|instead\s+of|rather\s+than|belie[fd]|rumou?rs?|whether|as\s+if|pretend)\b"
)


def other_measure(text: str) -> bool:
    """Whether a lower-cased sentence says that its figures are measured otherwise than in the money of the day."""
    found = _MEASURE.search(text)
    return found is not None and _NOMINAL.fullmatch(found.group()) is None


def other_voice(text: str) -> bool:
    """Whether a lower-cased sentence reports what somebody else says or counts."""
    return _VOICE.search(text) is not None


def doubtful(text: str) -> bool:
    """Whether a lower-cased sentence can only be borne out by the printed figures, not contradicted by them."""
    return other_measure(text) or other_voice(text)


def denied(text: str) -> bool:
    """Whether lower-cased words before a claim take it back: "it is a myth that", "contrary to claims that"."""
    return _DENIAL.search(text) is not None
