"""BibTeX and RIS of what a document and its notes cite."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comity.documents import bibliography, parse_citation, read_bytes, to_bibtex, to_ris

PAPER = b"""# Ports & Power: 100 % of the trade

By Jane Roe

3 May 2018

The ministers met in Muscat.[^1] They will meet again.[^2]

[^1]: "Talks in Muscat", *Gulf Post* (Muscat), 2 May 2018.
[^2]: Ali Hassan, *Ports of the Horn* (London: Harbour Press, 2016), pp. 44-47.
"""
ITEMS = bibliography(read_bytes(PAPER, name="ports.md"))


def test_bibtex_has_an_entry_for_each_source() -> None:
    """Types, names, dates and pages as BibTeX has them; what TeX reads as commands is escaped."""
    told = to_bibtex(ITEMS)
    assert re.findall(r"@(\w+)\{([\w-]+),", told)[1:] == [("article", "2018talks"), ("book", "hassan2016ports")]
    assert r"title = {{Ports \& Power: 100 \% of the trade}}" in told
    assert "author = {Roe, Jane}" in told
    assert "journal = {Gulf Post}" in told
    assert "month = may,\n  day = {2}" in told
    assert "pages = {44--47}" in told
    assert "publisher = {Harbour Press}" in told


def test_ris_has_a_record_for_each_source() -> None:
    """Tags as reference managers read them, lines ended as the format asks."""
    records = to_ris(ITEMS).split("ER  - \r\n\r\n")
    assert [record[:10] for record in records[1:-1]] == ["TY  - NEWS", "TY  - BOOK"]
    assert "AU  - Hassan, Ali\r\n" in records[2]
    assert "SP  - 44\r\nEP  - 47\r\n" in records[2]
    assert "DA  - 2018/05/02/\r\n" in records[1]


CSL_TYPES = frozenset(
    "article-journal article-magazine article-newspaper book chapter document interview legislation paper-conference personal_communication "
    "report speech thesis treaty webpage".split()
)
CSL_STRINGS = frozenset(
    "id type title container-title publisher publisher-place volume issue page URL DOI genre".split()
)  # of the schema's variables those that are strings


def test_items_are_of_csl() -> None:
    """Types, variables, names and dates are those of CSL 1.0.2's schema for data."""
    for item in ITEMS:
        assert item["type"] in CSL_TYPES
        assert set(item) <= CSL_STRINGS | {"author", "editor", "issued", "accessed"}
        assert all(isinstance(item[name], str) and item[name] for name in CSL_STRINGS & set(item))
        for name in (name for role in ("author", "editor") for name in item.get(role, ())):
            assert set(name) <= {"family", "given", "literal"} and all(name.values())
        for moment in (item[role] for role in ("issued", "accessed") if role in item):
            assert set(moment) <= {"date-parts", "season"}
            assert all(
                1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts) for parts in moment["date-parts"]
            )


def test_a_season_is_of_its_year() -> None:
    """An issue of "Winter 2006" is of 2006 in every file."""
    text = 'Lena Holm, "The Strait", *Journal of Northern Studies*, vol. 4, no. 3 (Winter 2006), pp. 5-9.'
    (item,) = [parse_citation(text).to_csl("n1")]
    assert item["issued"] == {"date-parts": [[2006]], "season": 4}
    assert "year = {2006}" in to_bibtex([item])
    assert "PY  - 2006\r\n" in to_ris([item])


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="needs pandoc")
@pytest.mark.parametrize(("form", "write"), [("bibtex", to_bibtex), ("ris", to_ris)])
def test_pandoc_reads_what_is_written(form: str, write: Callable[[list[dict[str, Any]]], str]) -> None:
    """Another reader finds the titles, names, years and pages that were written."""
    ran = subprocess.run(
        ["pandoc", "-f", form, "-t", "csljson"], input=write(ITEMS), capture_output=True, text=True, check=False
    )
    if ran.returncode and "Unknown input format" in ran.stderr:
        pytest.skip(f"this pandoc reads no {form}")
    assert ran.returncode == 0, ran.stderr
    read = {item["title"]: item for item in json.loads(ran.stdout)}
    for item in ITEMS:
        found = read[item["title"]]
        assert [name["family"] for name in found.get("author", ())] == [
            name["family"] for name in item.get("author", ())
        ]
        assert found["issued"]["date-parts"][0][0] == item["issued"]["date-parts"][0][0]
        assert found.get("page", "").replace("–", "-") == item.get("page", "")


_WORDS = st.text(max_size=20)
_ITEM = st.fixed_dictionaries(
    {"id": _WORDS, "type": st.sampled_from(["book", "report", "article-journal", "speech", "webpage"])},
    optional={
        "title": _WORDS,
        "author": st.lists(
            st.one_of(
                st.fixed_dictionaries({"literal": _WORDS}),
                st.fixed_dictionaries({"family": _WORDS, "given": _WORDS}),
            ),
            max_size=2,
        ),
        "container-title": _WORDS,
        "URL": _WORDS,
        "page": _WORDS,
        "issued": st.just({"date-parts": [[2018, 5]]}),
    },
)


@given(st.lists(_ITEM, max_size=5))
@example([{"id": "", "type": "book", "URL": "\\"}])
def test_files_are_well_formed_whatever_is_cited(items: list[dict[str, Any]]) -> None:
    """Keys are unique and of plain letters, braces balance, and no text of an item begins a record of its own."""
    told = to_bibtex(items)
    keys = re.findall(r"(?m)^@\w+\{([^,\s]+),$", told)
    assert len(keys) == len(items) == len(set(keys))
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    bare = re.sub(r"\\[{}]", "", told)
    assert bare.count("{") == bare.count("}")
    assert len(re.findall(r"(?m)^TY  - ", to_ris(items))) == len(items)


def test_file_without_a_title_has_its_name() -> None:
    """A data file that names no title stands in the bibliography under its file's name."""
    (item,) = bibliography(read_bytes(b"year,tonnes\n2015,12\n2016,14\n", name="landings.csv"))
    assert item["title"] == "landings.csv"
