"""Runners: a function mapped over tasks, in processes of this machine, or elsewhere (`runner_ray`).

A task and its result are small plain values; what a task makes, it puts in its place itself. So a task may be run
twice without harm, and a worker that dies costs only the time of the task that it had.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

from comity.terms import ComityError

Task = TypeVar("Task")
Result = TypeVar("Result")

# A task whose worker died this often is given up: it is likely what kills the workers.
ATTEMPTS = 3

# One worker a core is the plan; libraries of linear algebra would each take all cores again.
ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)


@dataclass(frozen=True, slots=True)
class Lost(Generic[Task]):
    """A task that was given up, since every worker that had it died."""

    task: Task
    reason: str


class Runner(Protocol):
    """What maps a function over tasks; results come in any order, one for each task."""

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result | Lost[Task]]:
        """Yield each task's result, or that it was lost; what `work` raises is raised here and ends the run."""
        ...


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def runner_of(jobs: int | None = None, cluster: str = "") -> Runner:
    """Return the runner for so many workers (default: one a core), on this machine or on a Ray cluster.

    Raises:
        MissingExtra: a cluster is asked for and Ray is not installed.
    """
    if cluster:
        from comity.flow.runner_ray import Cluster

        return Cluster(cluster, jobs)
    # One worker is a process too: what it computes must not hang on this process's threads.
    return Processes(jobs or cores())


def hold_to_one_thread() -> None:
    """Hold linear algebra in this process to one thread, unless the user has set another number; before its import."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)


class Processes:
    """Runs tasks in processes of this machine, each started fresh, so that nothing of this process is in them."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result | Lost[Task]]:
        """Yield results as they come; a task whose worker died is given to another worker."""
        waiting: deque[Task] = deque()
        coming = iter(tasks)
        deaths: Counter[Task] = Counter()
        busy: dict[Connection, tuple[_Worker, Task]] = {}
        idle: list[_Worker] = []
        try:
            while True:
                while len(busy) < self.jobs:
                    task = waiting.popleft() if waiting else next(coming, None)
                    if task is None:
                        break
                    worker = idle.pop() if idle else _Worker(work)
                    busy[worker.pipe] = (worker, task)
                    # A worker that died meanwhile is noticed below, where its pipe is at its end.
                    with suppress(OSError):
                        worker.pipe.send(task)
                if not busy:
                    return
                for pipe in wait(list(busy)):
                    assert isinstance(pipe, Connection)
                    worker, task = busy.pop(pipe)
                    try:
                        done, value = pipe.recv()
                    except (EOFError, OSError):
                        deaths[task] += 1
                        reason = worker.buried()
                        if deaths[task] < ATTEMPTS:
                            waiting.append(task)
                        else:
                            yield Lost(task, reason)
                        continue
                    if not done:
                        raise value
                    idle.append(worker)
                    yield value
        finally:
            for worker in [*idle, *(worker for worker, _ in busy.values())]:
                worker.end()


class _Worker:
    """One process that does a task at a time, and this side's end of the pipe to it."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(theirs, work), daemon=True)
        with _one_thread():
            self._process.start()
        theirs.close()

    def buried(self) -> str:
        """Wait for the process's end and say how it came to it."""
        self.pipe.close()
        self._process.join()
        code = self._process.exitcode
        if code == -9:
            return "the worker was killed, likely because memory was short"
        return f"the worker ended with exit code {code}"

    def end(self) -> None:
        """End the process, at work or not."""
        self.pipe.close()
        self._process.terminate()
        self._process.join()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Hold the threads of linear algebra to one in processes started meanwhile: they read it when they are imported."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Do tasks until the other side is gone."""
    # Ctrl-C reaches every process of the terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = (True, work(task))
        except Exception as error:
            answer = (False, _portable(error))
        with suppress(OSError):
            pipe.send(answer)


def _end_with_parent() -> None:
    """End this process as soon as its parent has ended in any way: else it would go on writing beside the next run."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _portable(error: Exception) -> ComityError:
    """Return an error that can be sent: those of libraries often cannot."""
    if isinstance(error, ComityError):
        return ComityError(error.message, remedy=error.remedy)
    return ComityError(
        f"a worker failed because of a fault in Comity ({type(error).__name__}: {error}).",
        remedy="Please report it; what is finished stays, and the same command goes on from there.",
    )
