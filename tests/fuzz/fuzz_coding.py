"""Coverage-guided fuzzing of the language and coding rooms, by hand: not part of `make test`.

    python3 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris && /tmp/fuzz/bin/pip install -e .
    /tmp/fuzz/bin/python tests/fuzz/fuzz_coding.py CORPUS -max_total_time=1800

CORPUS is a folder that libFuzzer fills. What it finds is written to crash-... in the working folder; its text belongs into
tests/coding/test_hostile.py. The invariants are those of `tests.coding.hostile`, and a bound on time per character.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["comity.language", "comity.coding"]):
    from tests.coding import hostile

    from comity.coding import code_text

# Words that a mutation of characters seldom makes; the first byte of an input says whether it is words or characters.
_WORDS = hostile.WORDS
# Seconds for an input, and for each character of it: some hundred times what prose takes, since the code is instrumented.
_START, _EACH = 2.0, 0.005


def text_of(data: bytes) -> str:
    """Return the text that an input stands for: words by their numbers, or characters as they are."""
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        return provider.ConsumeUnicodeNoSurrogates(2000)
    pieces: list[str] = []
    while provider.remaining_bytes() and len(pieces) < 400:
        number = provider.ConsumeIntInRange(0, len(_WORDS) + 8)
        pieces.append(_WORDS[number] if number < len(_WORDS) else provider.ConsumeUnicodeNoSurrogates(3))
    return " ".join(pieces).replace(" \b", "")


def one(data: bytes) -> None:
    """Hold one input to the invariants."""
    text = text_of(data)
    begin = time.process_time()
    hostile.hold(text)
    taken = time.process_time() - begin
    if taken > _START + _EACH * len(text):
        raise AssertionError(f"{taken:.1f} s for {len(text)} characters: {text[:200]!r}")


def main() -> None:
    """Fuzz with the arguments of libFuzzer."""
    code_text("France met India.", source_id="s")  # what is loaded once is no input's time
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
