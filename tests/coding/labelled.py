"""The labelled sentences of data/labelled and how coded events are scored against them.

dev.txt may be looked at while the coder is built; no rule of types, sides or modes was made for a sentence of test.txt, nor
of fresh.txt, which was written at the end by somebody who had seen no other labelled sentence. Some of both are seen now: half of
contexts.txt and of when.txt, which are made of them, was looked at for contexts, sectors, dates and places. A line is `CODES | sentence`, as
training/README.md tells. The measures are those of a common scorer of this kind: see `score`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.coding import code_texts
from comity.terms import Event

LABELLED = Path(__file__).parent / "data" / "labelled"
_TRIGGER = re.compile(r"\[(?:[\d,]+:)?([^\[\]]+)\]")
_SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Gold:
    """An event as labelled: type, modes, and the codes of each side; "?" is left out."""

    type: str
    modes: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]


def gold_events(codes: str) -> tuple[Gold, ...]:
    """Return the events of the part of a line before the bar."""
    if codes.strip() == "-":
        return ()
    found = []
    for part in codes.split(" ; "):
        kind, sides = part.strip().split(" ")
        name, *modes = re.split(r"[.,]", kind)
        actors, recipients = (frozenset(side.split(",")) - {"", "?"} for side in sides.split(">"))
        found.append(Gold(name, frozenset(modes), actors, recipients))
    return tuple(found)


def read(name: str) -> list[tuple[str, tuple[Gold, ...]]]:
    """Return the sentences of a file with their events."""
    found = []
    for line in (LABELLED / name).read_text(encoding="utf-8").splitlines():
        codes, marked = line.split(" | ")
        found.append((_TRIGGER.sub(r"\1", marked), gold_events(codes)))
    return found


def coded(texts: Iterable[str]) -> list[tuple[Event, ...]]:
    """Return the events that the coder finds in each text."""
    return [coding.events for coding in code_texts((str(number), text, None) for number, text in enumerate(texts))]


def prediction_lines(source_id: str, events: Iterable[Event]) -> Iterator[str]:
    """Yield the events of a text as the common scorer reads them."""
    for event in events:
        yield json.dumps(
            {
                "source_id": source_id,
                "type": event.type.value,
                "modes": list(event.modes),
                "actors": [{"code": actor.code} for actor in event.actors],
                "recipients": [{"code": actor.code} for actor in event.recipients],
            }
        )


def common_scores(shared: Path, gold: Path, predictions: Path) -> dict[str, float]:
    """Return what ../shared/score/score_events.py makes of the predictions: type, full, mode, silence."""
    report = subprocess.run(
        [sys.executable, str(shared / "score" / "score_events.py"), str(gold), str(predictions)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    wanted = ("type", "full", "mode", "silence")
    return {words[0]: float(words[1]) for words in map(str.split, report.splitlines()) if words and words[0] in wanted}


def same_states(gold: Gold, event: Event) -> bool:
    """Whether the sides agree: as one set for a symmetric act; an act within one state need not name whom it met."""
    actors = frozenset(actor.code[:3] for actor in event.actors)
    recipients = frozenset(actor.code[:3] for actor in event.recipients)
    if gold.type in _SYMMETRIC and not gold.recipients:
        return gold.actors == actors | recipients
    if gold.actors == gold.recipients:
        return actors == gold.actors and recipients <= gold.recipients
    return (actors, recipients) == (gold.actors, gold.recipients)


def score(labelled: list[tuple[str, tuple[Gold, ...]]]) -> dict[str, float]:
    """Return the shares that are right.

    type: gold events whose type is coded in their sentence; full: also with the same states on each side; mode: of the
    gold events with a mode whose type is coded, those whose mode is; silence: sentences without an event where nothing is
    coded; extras: events of other types coded in sentences with events, a sentence.
    """
    events = typed = full = moded = mode = silent = empty = extras = 0
    for (_, golds), found in zip(labelled, coded(text for text, _ in labelled), strict=True):
        if not golds:
            empty += 1
            silent += not found
            continue
        extras += sum(event.type.value not in {gold.type for gold in golds} for event in found)
        for gold in golds:
            events += 1
            hits = [event for event in found if event.type.value == gold.type]
            typed += bool(hits)
            full += any(same_states(gold, event) for event in hits)
            if gold.modes and hits:
                moded += 1
                mode += any(gold.modes & set(event.modes) for event in hits)
    return {
        "type": typed / events,
        "full": full / events,
        "mode": mode / moded,
        "silence": silent / empty,
        "extras": extras / (len(labelled) - empty),
    }
