"""Passages become PLOVER events and statements of position."""

from comity.coding.coder import Coding, code, code_text, code_texts
from comity.coding.issues import ISSUES, Issue
from comity.coding.proposals import Proposals, proposals
from comity.coding.questions import INSTRUCTIONS, Question, questions

__all__ = [
    "INSTRUCTIONS",
    "ISSUES",
    "Coding",
    "Issue",
    "Proposals",
    "Question",
    "code",
    "code_text",
    "code_texts",
    "proposals",
    "questions",
]
