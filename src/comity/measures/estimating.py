"""Estimation in a process of its own, so that it can say how far it is and be stopped at a limit.

The solvers run for minutes inside compiled code on a large panel; nothing but the end of their process stops them. The
child is a plain interpreter, not a fork: it works from any script, thread or notebook.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any

import pandas as pd

from comity.measures.expected import ExpectedTrade, Job, expected_trade
from comity.measures.gravity import NotEstimated
from comity.terms import ComityError

_LENGTH = struct.Struct("<Q")
# How often a caller hears that the work goes on.
_SECONDS_BETWEEN_WORDS = 1.0
# The last digits of sums hang on the number of threads that take them, and on the order of the effects, which pyfixest
# 0.60 keeps in a set of names: both are held, so that two runs give the same figures to the last digit.
_HELD = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class GravityProgress:
    """How far an estimation is: `running` is the specification being estimated, "" before the first and after the last."""

    done: int
    total: int
    running: str
    seconds: float


def expect_within(
    limit: float,
    panel: pd.DataFrame,
    jobs: Sequence[Job],
    progress: Callable[[GravityProgress], None] | None = None,
    began: float | None = None,
) -> tuple[ExpectedTrade | NotEstimated, ...]:
    """Return each job's answer; those that the limit leaves no time for say so.

    Args:
        limit: seconds for all jobs together, the child's start included.
        panel: as `expected_trade` takes it.
        jobs: in the order in which they are wanted.
        progress: called when a job begins or ends, and once a second between.
        began: since when the seconds count, by `time.monotonic`; None for now.

    Raises:
        ComityError: what a job raised.
    """
    began = time.monotonic() if began is None else began
    answers: dict[int, ExpectedTrade | NotEstimated] = {}
    running = ""
    why = f"Stopped at the limit of {limit:g} seconds."

    def tell() -> None:
        if progress is not None:
            progress(GravityProgress(len(answers), len(jobs), running, time.monotonic() - began))

    messages: queue.Queue[tuple[str, int, Any]] = queue.Queue()
    child = _start()
    try:
        threading.Thread(target=_send, args=(child.stdin, (panel, tuple(jobs))), daemon=True).start()
        threading.Thread(target=_receive, args=(child.stdout, messages), daemon=True).start()
        tell()
        while len(answers) < len(jobs):
            left = limit - (time.monotonic() - began)
            if left <= 0:
                break
            try:
                word, number, content = messages.get(timeout=min(left, _SECONDS_BETWEEN_WORDS))
            except queue.Empty:
                tell()
                continue
            if word == "ended":
                why = "The process that estimated it ended without an answer; memory may not have sufficed."
                break
            if word == "raised":
                raise content
            if word == "began":
                running = jobs[number].specification.name
            else:
                answers[number], running = content, ""
            tell()
    finally:
        child.kill()
        child.wait()
    return tuple(answers.get(number, NotEstimated(job.specification, why)) for number, job in enumerate(jobs))


def _start() -> subprocess.Popen[bytes]:
    environment = os.environ | _HELD | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", "from comity.measures.estimating import work; work()"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


def _send(stream: IO[bytes] | None, content: object) -> None:
    assert stream is not None
    try:
        with stream:
            pickle.dump(content, stream, protocol=pickle.HIGHEST_PROTOCOL)
    except OSError:
        return  # the child was stopped


def _receive(stream: IO[bytes] | None, messages: queue.Queue[tuple[str, int, Any]]) -> None:
    assert stream is not None
    with stream:
        while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
            body = stream.read(_LENGTH.unpack(head)[0])
            try:
                messages.put(pickle.loads(body))
            except (EOFError, pickle.UnpicklingError):
                break
    messages.put(("ended", 0, None))


def work() -> None:
    """Take a panel and jobs from standard input, and answer each on standard output; the child's whole life."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(word: str, number: int, content: object = None) -> None:
        body = pickle.dumps((word, number, content), protocol=pickle.HIGHEST_PROTOCOL)
        answers.write(_LENGTH.pack(len(body)) + body)
        answers.flush()

    panel, jobs = pickle.load(sys.stdin.buffer)
    for number, job in enumerate(jobs):
        answer("began", number)
        try:
            answer("done", number, expected_trade(panel, job))
        except ComityError as error:
            answer("raised", number, ComityError(str(error)))
            return
        # The library's fits refer to themselves; each with its panel would stay until Python next looks for such.
        gc.collect()
