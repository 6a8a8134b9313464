"""Each claim of a text held against its own tables and notes, arithmetic, and the evidence of the record."""

from comity.checks.reading import Evidence
from comity.checks.report import CheckReport, check
from comity.checks.reporting import report_json, report_sarif, report_text
from comity.checks.rule import Rule, Ruling
from comity.checks.rules import RULES, rule
from comity.checks.silence import Ignore, Silenced, read_ignores

__all__ = [
    "RULES",
    "CheckReport",
    "Evidence",
    "Ignore",
    "Rule",
    "Ruling",
    "Silenced",
    "check",
    "read_ignores",
    "report_json",
    "report_sarif",
    "report_text",
    "rule",
]
