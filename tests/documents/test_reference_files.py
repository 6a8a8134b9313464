"""BibTeX and RIS of what a document and its notes cite."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from comity.documents import bibliography, read_bytes, to_bibtex, to_ris

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
