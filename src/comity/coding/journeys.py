"""Visits and meetings told by a verb: who went where, and whose ground it was."""

from __future__ import annotations

from dataclasses import replace

from comity.coding.analysis import TIME_NOUNS, Chunk
from comity.coding.matching import Matching
from comity.coding.parties import coded, parties_after
from comity.coding.patterns import Pattern
from comity.language import Mention
from comity.terms import EventType

T = EventType


class Journeys(Matching):
    """Reads verb groups that tell of going, being somewhere and meeting."""

    def _courtesy_call(self, index: int, chunk: Chunk, pattern: Pattern, subject: list[Mention]) -> bool:
        """Read "called on President X in Lima": without anything asked for, and upon a person, it is a meeting."""
        if chunk.lemma != "call" or pattern.particle != "on" or chunk.passive or self._content_index(index) is not None:
            return False
        after = [c for c in self._after(index) if c.kind == "N"]
        callers = [m for m in subject if m.person or m.office]
        hosts = [m for m in after[0].mentions if m.person and m.code] if after and after[0].prep == "on" else []
        if not hosts or not callers or any(c.prep == "for" and coded(c) == [] for c in after):
            return False
        self._meeting(index, chunk, replace(pattern, type=T.CONSULT, mode=""), callers, hosts)
        return True

    def _visit(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        hosts = [
            m
            for m in parties_after(self.chunks, index, self.setting, wide=False)
            if m.code not in {s.code for s in subject}
        ]
        self._visits_to(index, chunk, subject, hosts)

    def _journey(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        """Going somewhere is a visit where the way ends on another state's ground.

        Coming and having been are said of anything, so they count only of officials.
        """
        if chunk.lemma in ("be", "come"):
            subject = [m for m in subject if "ELI" not in m.sectors and (m.person or m.office or "GOV" in m.sectors)]
        hosts = [m for m in self._ground(index) if m.code not in {s.code for s in subject}]
        self._visits_to(index, chunk, subject, hosts)

    def _was_there(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        """Read "had been to Tbilisi" and "was in Jakarta on 3 March": a stay, not where somebody lives."""
        after = self._after(index)
        first = next((c for c in after if c.kind == "N"), None)
        if first is None or chunk.negated or chunk.modal or chunk.infinitive:
            return
        if any(c.kind == "N" and c.prep in ("since", "for", "as", "under", "until") for c in after) or any(
            c.kind == "S" for c in self.chunks[index : index + 5]
        ):
            return
        dated = any(
            c.kind == "N" and c.prep in ("on", "from", "between", "") and set(c.words) & TIME_NOUNS for c in after
        )
        if (first.prep == "to" and chunk.perfect) or (first.prep == "in" and dated):
            self._journey(index, chunk, subject)

    def _visits_to(self, index: int, chunk: Chunk, subject: list[Mention], hosts: list[Mention]) -> None:
        """One event for each host, so that every dyad has its own."""
        states = [m for m in hosts if m.kind in ("state", "organisation") or m.kind == "person"]
        seen: set[str] = set()
        visitors = [
            m
            for m in subject
            if m.kind in ("person", "state", "organisation") and "MIL" not in m.sectors and "REB" not in m.sectors
        ]
        if not visitors:
            return
        for host in states:
            if host.code in seen or host.form in ("modifier",):
                continue
            if host.kind == "person" and seen:
                continue
            seen.add(host.code)
            self._add(T.CONSULT, "visit", visitors, [host], chunk, index, 0.9, place=host)

    def _meeting(
        self, index: int, chunk: Chunk, pattern: Pattern, subject: list[Mention], partner: list[Mention]
    ) -> None:
        """A meeting with one party's own ground named is a visit to it ("met ... at the White House")."""
        place = self._place(index)
        codes = {m.code for m in partner}
        mode = pattern.mode
        if (
            place is not None
            and place.code in {m.code for m in subject}
            and not codes & {place.code}
            and mode != "phone"
        ):
            self._add(T.CONSULT, "visit", partner, subject, chunk, index, 0.85, place=place)
            return
        if (
            place is not None
            and place.code in codes
            and mode != "phone"
            and place.form in ("capital", "city", "metonym")
        ):
            self._add(T.CONSULT, "visit", subject, partner, chunk, index, 0.85, place=place)
            return
        self._add(T.CONSULT, mode, [*subject, *partner], [], chunk, index, 0.88, symmetric=True, place=place)
