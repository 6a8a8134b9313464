"""Sentences a second from raw text to events, on one core, and how many events are found: Comity and, if given, its peers.

Each sentence is coded as a text of its own, as `comity code` does with JSONL, mentions and dates included. Rates are those
of the processor's seconds, which a busy machine hardly changes: the median of three rounds, with the lowest and highest.
A peer is a folder with PETRARCH2 or UniversalPetrarch in it; benchmarks/README.md says how to obtain them and a parser.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from coding_peers import Peer, parser

ROOT = Path(__file__).resolve().parent.parent
TRAINING = sorted((ROOT / "training" / "sentences").glob("*.txt"))
sys.path.insert(0, str(ROOT / "tests" / "coding"))
from labelled import coded, read  # noqa: E402


def sentences(files: list[Path], sample: int) -> list[str]:
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = lines if files else [text for file in TRAINING for text, _ in read(str(file))]
    return random.Random(7).sample(lines, min(sample, len(lines)))


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def rate(name: str, count: int, rounds: Iterable[float]) -> None:
    rates = sorted(count / seconds for seconds in rounds)
    print(f"  {name:58} {statistics.median(rates):8,.0f} ({rates[0]:,.0f} to {rates[-1]:,.0f})")


def score(name: str, gold: list[list[str]], found: list[set[str]]) -> None:
    pairs = list(zip(gold, found, strict=True))
    told, silent = [types for types, _ in pairs if types], [not types for labelled, types in pairs if not labelled]
    print(
        f"  {name:18} an event in {sum(bool(a and b) for a, b in pairs)} of {len(told)} that tell one, its type in "
        f"{sum(kind in b for a, b in pairs for kind in a)} of {sum(map(len, told))}; of {sum(map(len, found))} types coded "
        f"{sum(len(b.intersection(a)) for a, b in pairs)} right; silent in {sum(silent)} of {len(silent)} that tell none"
    )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a sentence a line; else training/sentences")
    words.add_argument("--sample", type=int, default=2000, help="how many sentences of them (2000)")
    words.add_argument("--peer", type=Path, action="append", default=[], help="folder of a peer, may be repeated")
    words.add_argument("--udpipe", type=Path, help="the English model of UDPipe 1 that parses for the peers")
    words.add_argument("--gold", type=Path, help='more labelled sentences: JSON lines, "text" and "events" with "type"')
    given = words.parse_args()
    texts, rounds = sentences(given.files, given.sample), range(3)
    count, size = len(texts), sum(map(len, texts)) // len(texts)
    print(f"Python {sys.version.split()[0]}, {count:,} sentences of {size} characters, one core; sentences a second:")
    coded(texts[:500])  # what loads once
    rate("Comity: text to events, dated, and positions", count, (timed(lambda: coded(texts)) for _ in rounds))
    peers = [Peer(folder) for folder in given.peer if given.udpipe]
    if peers:
        parse = parser(given.udpipe)
        parses, parsing = [parse(text) for text in texts], [timed(lambda: [*map(parse, texts)]) for _ in rounds]
        rate("UDPipe: text to dependencies", count, parsing)
    for peer in peers:
        coding = [peer.code(texts, parses)[1] for _ in rounds]
        rate(f"{peer.name}: parsed text to events ({peer.faults} sentences stop it)", count, coding)
        rate(f"{peer.name}: text to events, UDPipe included", count, map(sum, zip(parsing, coding, strict=True)))
    if not peers:
        print("No peer beside it; --peer DIR --udpipe MODEL sets one, benchmarks/README.md says how to obtain them.")
    sets = {"dev.txt": [(text, [gold.type for gold in golds]) for text, golds in read("dev.txt")]}
    if given.gold:
        lines = [json.loads(line) for line in given.gold.read_text(encoding="utf-8").splitlines()]
        lines = [line for line in lines if "petrarch" not in line.get("origin", "")]  # the peers' own tests
        sets[given.gold.name] = [(line["text"], [event["type"] for event in line["events"]]) for line in lines]
    for name, labelled in sets.items():
        print(f"{name}, {len(labelled)} labelled sentences:")
        told, gold = [text for text, _ in labelled], [types for _, types in labelled]
        score("Comity", gold, [{event.type.value for event in events} for events in coded(told)])
        for peer in peers:
            score(peer.name, gold, peer.code(told, [parse(text) for text in told])[0])


if __name__ == "__main__":
    main()
