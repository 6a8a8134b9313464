"""Coverage-guided fuzzing of the readers of pages and web archives, by hand: not part of `make test`.

    python3 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris && /tmp/fuzz/bin/pip install -e .
    /tmp/fuzz/bin/python tests/fuzz/fuzz_pages.py CORPUS -max_total_time=1800

CORPUS is a folder that libFuzzer fills. What it finds is written to crash-... in the working folder; its content belongs into
tests/documents/test_hostile_pages.py. A file is read or refused by `UnreadableSource`, in time by its size, and what is read holds
what a Document promises: cells, notes and passages stand in its text.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["comity.documents"]):
    from tests.documents import hostile

# Pieces that a mutation of characters seldom makes; the first byte of an input says whether it is pieces or bytes.
_PIECES = hostile.PIECES
# Seconds for an input, and for each byte of it: some hundred times what a page takes, since the code is instrumented.
_START, _EACH = 3.0, 0.005


def content_of(data: bytes) -> bytes:
    """Return the file that an input stands for: pieces by their numbers, or bytes as they are."""
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        return provider.ConsumeBytes(4000)
    parts: list[str] = [_PIECES[0]]
    while provider.remaining_bytes() and len(parts) < 300:
        number = provider.ConsumeIntInRange(0, len(_PIECES) + 6)
        parts.append(_PIECES[number] if number < len(_PIECES) else provider.ConsumeUnicodeNoSurrogates(4))
    return "".join(parts).encode("utf-8", errors="replace")


def one(data: bytes) -> None:
    """Hold one input to the invariants."""
    content = content_of(data)
    begin = time.process_time()
    hostile.hold(content)
    taken = time.process_time() - begin
    if taken > _START + _EACH * len(content):
        raise AssertionError(f"{taken:.1f} s for {len(content)} bytes: {content[:200]!r}")


def main() -> None:
    """Fuzz with the arguments of libFuzzer."""
    hostile.hold(b"<html><body><p>France met India.</p></body></html>")  # what is loaded once is no input's time
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
