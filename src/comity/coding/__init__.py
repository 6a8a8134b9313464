"""Passages become PLOVER events and statements of position."""

from comity.coding.coder import Coding, code, code_text
from comity.coding.issues import ISSUES, Issue

__all__ = ["ISSUES", "Coding", "Issue", "code", "code_text"]
