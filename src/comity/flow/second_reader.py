"""A second reader: a language model that the user has named proposes events, and what stands in the passages is taken.

Nothing is sent unless comity.toml names an endpoint and the build was asked to use it. What it answers is kept beside
the record, so that the same passage is sent to the same model once. It never stops a build: what goes wrong is told,
and the rules' events stand as they are.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from comity.coding import INSTRUCTIONS, Question, proposals, questions
from comity.flow.endpoint import Endpoint
from comity.flow.exchange import LARGEST_ANSWER, Exchange, Message, NoAnswer
from comity.flow.reading import Reading
from comity.flow.wording import counted
from comity.flow.writing import write_whole
from comity.language import People
from comity.terms import Event, WorkspaceError, content_id, digest

# Passages in a row without an answer after which the other side counts as gone.
_GONE = 3
_SECONDS_BETWEEN_WORDS = 30.0
_UNANSWERED = "unanswered.json"


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What a second reader did in one build.

    Attributes:
        kept: answers that were there from an earlier build; nothing was sent for them.
        asked: passages that were sent and answered.
        unanswered: passages that have no answer; the next build with a second reader asks again.
        added: events that count, each marked with its coder.
        refused: why proposals do not count, with how many.
        problems: what went wrong, in words.
    """

    model: str
    host: str
    kept: int = 0
    asked: int = 0
    unanswered: int = 0
    added: int = 0
    refused: tuple[tuple[str, int], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What was done, in words, a line each; what went wrong is in `problems`."""
        done = (
            f"second reader ({self.model}): {counted(self.asked, 'passage')} asked, {counted(self.kept, 'answer')} kept"
        )
        found = [f"{done}; {counted(self.added, 'event')} added, each marked as proposed by it"]
        if self.refused:
            total = sum(number for _, number in self.refused)
            reasons = "; ".join(f"{reason} ({number:,})" for reason, number in self.refused)
            found.append(f"second reader: {counted(total, 'proposal')} not taken: {reasons}")
        return tuple(found)


class SecondReader:
    """One endpoint with the answers that it gave before.

    Args:
        endpoint: whom to ask.
        folder: where answers are kept; made when there is one.
        tell: called with a line of words: what is about to be sent where, and how far it is.
        first_wait: seconds before a second attempt at a question.
    """

    def __init__(
        self, endpoint: Endpoint, folder: Path, *, tell: Callable[[str], None], first_wait: float = 1.0
    ) -> None:
        self._endpoint = endpoint
        self._folder = folder
        self._tell = tell
        self._first_wait = first_wait
        self._problems: list[str] = []

    @property
    def label(self) -> str:
        """Tells this reader from another: what another model says, or to another question, is to be read again."""
        return content_id("second-reader", self._endpoint.model, INSTRUCTIONS)

    def unanswered(self) -> frozenset[str]:
        """Return the names of the sources of which passages had no answer in the last build with a second reader."""
        try:
            names = json.loads((self._folder / _UNANSWERED).read_bytes())
        except (OSError, ValueError, RecursionError):
            return frozenset()
        return frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()

    def read(
        self, readings: Sequence[tuple[str, Reading]], *, leaders: People | None = None
    ) -> tuple[dict[str, Reading], SecondReading]:
        """Return the readings by name, each with the events that the second reader adds, and what was done.

        Args:
            readings: name and reading of each source.
            leaders: the leaders to know; None are those of the own list.
        """
        try:
            return self._read(readings, leaders)
        except Exception as error:  # a fault of our own must not cost the build
            self._keep(_UNANSWERED, sorted({name for name, _ in readings}))
            told = f"second reader: a fault in Comity ({type(error).__name__}: {error}); please report it"
            return dict(readings), SecondReading(self._endpoint.model, self._endpoint.host, problems=(told,))

    def _read(
        self, readings: Sequence[tuple[str, Reading]], leaders: People | None
    ) -> tuple[dict[str, Reading], SecondReading]:
        posed = {name: questions(reading.document, leaders=leaders) for name, reading in readings}
        open_: dict[str, list[Message]] = {}
        answers: dict[str, str] = {}
        for question in (each for asked in posed.values() for each in asked):
            key = self._key(question.messages)
            if key in answers or key in open_:
                continue
            kept = self._kept(key)
            if kept is None:
                open_[key] = question.messages
            else:
                answers[key] = kept
        known = len(answers)
        if open_:
            documents = sum(any(self._key(each.messages) in open_ for each in asked) for asked in posed.values())
            answers.update(self._ask(open_, documents))
        elif answers:
            self._tell(f"second reader: nothing is sent; all {counted(known, 'answer')} are kept from before.")
        refused: Counter[str] = Counter()
        result: dict[str, Reading] = {}
        waiting: list[str] = []
        added = 0
        for name, reading in readings:
            events, missing = self._events(reading, posed[name], answers, refused)
            result[name] = replace(reading, events=(*reading.events, *events))
            added += len(events)
            if missing:
                waiting.append(name)
        self._keep(_UNANSWERED, sorted(waiting))
        return result, SecondReading(
            self._endpoint.model,
            self._endpoint.host,
            known,
            len(answers) - known,
            known + len(open_) - len(answers),
            added,
            tuple(sorted(refused.items())),
            tuple(self._problems),
        )

    def _events(
        self, reading: Reading, questions: Sequence[Question], answers: dict[str, str], refused: Counter[str]
    ) -> tuple[list[Event], bool]:
        events: list[Event] = []
        missing = False
        for question in questions:
            answer = answers.get(self._key(question.messages))
            if answer is None:
                missing = True
                continue
            found = proposals(answer, question, model=self._endpoint.model, coded=(*reading.events, *events))
            events.extend(found.events)
            refused.update(refusal.value for refusal in found.refused)
        return events, missing

    def _ask(self, questions: dict[str, list[Message]], documents: int) -> Iterator[tuple[str, str]]:
        """Yield key and answer of each question that is answered; say before what is sent where."""
        endpoint = self._endpoint
        try:
            exchange = Exchange(endpoint, first_wait=self._first_wait)
        except NoAnswer as error:
            self._problems.append(f"second reader: nothing was sent: {error}.")
            return
        characters = sum(len(message["content"]) for each in questions.values() for message in each[1:])
        self._tell(
            f"second reader: {counted(len(questions), 'passage')} of {counted(documents, 'document')} "
            f"({characters:,} characters) go to {endpoint.host}{' on this machine' if endpoint.is_local else ''}, "
            f"model {endpoint.model}, for at most {endpoint.time_limit:,.0f} seconds."
        )
        failures: Counter[str] = Counter()
        ended = ""
        answered = in_a_row = 0
        last_words = time.monotonic()
        for number, (key, messages) in enumerate(questions.items()):
            if time.monotonic() - last_words > _SECONDS_BETWEEN_WORDS:
                last_words = time.monotonic()
                self._tell(f"second reader: {number:,} of {counted(len(questions), 'passage')} asked.")
            try:
                answer = exchange.ask(messages)
            except NoAnswer as error:
                failures[str(error)] += 1
                in_a_row += 1
                if error.for_all or in_a_row == _GONE:
                    ended = "" if number + 1 == len(questions) else "; asking ended there"
                    break
                continue
            in_a_row = 0
            answered += 1
            self._keep(f"{key}.json", {"model": endpoint.model, "answer": answer})
            yield key, answer
        if failures:
            reasons = "; ".join(f"{reason} ({times:,})" for reason, times in failures.items())
            self._problems.append(
                f"second reader: {counted(len(questions) - answered, 'passage')} without an answer from "
                f"{endpoint.host}: {reasons}{ended}. The next build with --second-reader asks again."
            )

    def _key(self, messages: list[Message]) -> str:
        return digest(json.dumps([self._endpoint.model, messages], ensure_ascii=False).encode())

    def _kept(self, key: str) -> str | None:
        file = self._folder / f"{key}.json"
        try:
            # A JSON string can be six times as long as what it says.
            kept = json.loads(file.read_bytes()) if file.stat().st_size < 7 * LARGEST_ANSWER else None
        except (OSError, ValueError, RecursionError):
            return None
        answer = kept.get("answer") if isinstance(kept, dict) else None
        return answer if isinstance(answer, str) else None

    def _keep(self, name: str, content: object) -> None:
        """Write a file of the folder whole; that it cannot be written is told once and costs only the next build time."""
        file = self._folder / name
        try:
            if name == _UNANSWERED and not content:
                file.unlink(missing_ok=True)
                return
            write_whole(file, json.dumps(content).encode(), remedy="Its answer will be asked for again.")
        except (WorkspaceError, OSError) as error:
            told = f"second reader: what it says is not kept: {error}"
            if not any(problem.startswith("second reader: what it says") for problem in self._problems):
                self._problems.append(told)


def second_reader_of(endpoint: Endpoint | None, folder: Path, *, tell: Callable[[str], None]) -> SecondReader:
    """Return the reader of comity.toml's section, or raise WorkspaceError where it has none."""
    if endpoint is None:
        raise WorkspaceError(
            "comity.toml names no second reader.",
            remedy="Add a section [second_reader] with url and model, or build without --second-reader.",
        )
    return SecondReader(endpoint, folder, tell=tell)
