"""A workspace of another dyad than the example's, with a document and a table of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.flow import Workspace, dyad_of

NOTE = """\
# France and India: a Year of Visits

By
Claire Bonnet

Institute of Asian Affairs

15 March 2019

French Foreign Minister Marc Delorme visited New Delhi on February 4-5, 2019. He met External Affairs Minister Sunita
Rao in New Delhi on February 4, 2019.[^1]

Indian Prime Minister Arjun Mehta visited Paris on June 12, 2018.

[^1]: "Delorme in Delhi", *Le Quotidien* (Paris), February 6, 2019.
"""

TRADE = """\
France's Trade with India (US$ million)
Year,Exports,Imports,Total
2015,3100,5200,8300
2016,4050,5150,9200
2017,5500,5600,11100
Source: French Customs, 2018
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace for France and India with one document and one table in its sources."""
    made = Workspace.create(tmp_path / "france-india", dyad_of("FRA", "IND"))
    (made.sources / "visits.md").write_text(NOTE, encoding="utf-8")
    (made.sources / "trade.csv").write_text(TRADE, encoding="utf-8")
    return made


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace for France and India without sources."""
    return Workspace.create(tmp_path / "france-india", dyad_of("FRA", "IND"))
