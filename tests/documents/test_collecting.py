"""Reading keeps Python from looking for cycles of references, and lets it go on."""

import gc
from collections.abc import Iterator

import pytest

from comity.documents import read_bytes
from comity.terms import UnreadableSource

TEXT = b"Ports\n\nBy Jane Roe\n\n3 May 2018\n\nThe ministers met in Muscat.\n"


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    """Whether Python looks for them, as it was before a test."""
    before = gc.isenabled()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("searched", [True, False])
def test_the_search_is_afterwards_as_it_was(searched: bool) -> None:
    """Python looks for cycles after a file is read if it did so before, and not if it did not."""
    (gc.enable if searched else gc.disable)()
    read_bytes(TEXT, name="ports.txt")
    assert gc.isenabled() is searched


def test_the_search_goes_on_after_a_refusal() -> None:
    """Python goes on to look for cycles after a file is refused."""
    gc.enable()
    with pytest.raises(UnreadableSource):
        read_bytes(b"%PDF-1.7 cut short", name="ports.pdf")
    assert gc.isenabled()
