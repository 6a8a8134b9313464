"""Reading puts Python's search for circles of objects off, and on again."""

import gc
from collections.abc import Iterator

import pytest

from comity.documents import read_bytes
from comity.terms import UnreadableSource

TEXT = b"Ports\n\nBy Jane Roe\n\n3 May 2018\n\nThe ministers met in Muscat.\n"


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    """The search as it was before a test."""
    before = gc.isenabled()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("searched", [True, False])
def test_the_search_is_afterwards_as_it_was(searched: bool) -> None:
    """A search for circles that is on before a file is read is on after it, and one that is off stays off."""
    (gc.enable if searched else gc.disable)()
    read_bytes(TEXT, name="ports.txt")
    assert gc.isenabled() is searched


def test_the_search_goes_on_after_a_refusal() -> None:
    """A file that is refused leaves the search on."""
    gc.enable()
    with pytest.raises(UnreadableSource):
        read_bytes(b"%PDF-1.7 cut short", name="ports.pdf")
    assert gc.isenabled()
