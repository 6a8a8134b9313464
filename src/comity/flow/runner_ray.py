"""The runner on a Ray cluster (the extra `[cluster]`): the only place where Ray is imported."""

from __future__ import annotations

import importlib
import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from comity.flow.runner import ATTEMPTS, ONE_THREAD, Lost, Result, Task, cores
from comity.terms import ComityError, MissingExtra

LOCAL = "local"
_SECONDS_TO_ANSWER = 10.0


class Cluster:
    """Runs tasks on a Ray cluster: the one at `address`, or with "local" one of this machine's own for this run.

    A worker that dies, with its machine or alone, costs a retry of its task. The workers need the same Comity, and
    the same files at the same paths.
    """

    def __init__(self, address: str, jobs: int | None = None) -> None:
        self.address = address
        self.jobs = jobs
        self._ray = _ray()

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result | Lost[Task]]:
        """Yield results as they come."""
        ray = self._ray
        self._start()
        try:
            remote = ray.remote(num_cpus=1, max_retries=ATTEMPTS - 1, retry_exceptions=False)(work)
            coming, running = iter(tasks), dict[Any, Task]()
            while True:
                # The cluster may grow while we run. Twice as many as workers, so that none of them waits for us.
                most = self.jobs if self.jobs and self.address != LOCAL else 2 * self._workers()
                while len(running) < most and (task := next(coming, None)) is not None:
                    running[remote.remote(task)] = task
                if not running:
                    return
                ready, _ = ray.wait(list(running), num_returns=1)
                for reference in ready:
                    yield self._result(reference, running.pop(reference))
        finally:
            ray.shutdown()

    def _result(self, reference: Any, task: Task) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(reference)
        except errors.RayTaskError as error:
            raise _told(error) from error
        except (errors.WorkerCrashedError, errors.OutOfMemoryError, errors.NodeDiedError) as error:
            return Lost(task, f"its worker on the cluster died ({type(error).__name__})")

    def _start(self) -> None:
        ray = self._ray
        quiet = {"logging_level": logging.ERROR, "log_to_driver": False, "runtime_env": {"env_vars": ONE_THREAD}}
        try:
            _see_that_somebody_listens(self.address)
            if self.address == LOCAL:
                # RAY_ADDRESS would lead elsewhere; "local" always begins a cluster of its own.
                ray.init(address=LOCAL, num_cpus=self.jobs or cores(), include_dashboard=False, **quiet)
            else:
                ray.init(address=self.address, **quiet)
        except (OSError, ValueError, RuntimeError) as error:
            raise ComityError(
                f"there is no Ray cluster at {self.address} ({str(error).splitlines()[0]}).",
                remedy="Start one with `ray start --head` and name its HOST:PORT, or use --cluster local.",
            ) from error

    def _workers(self) -> int:
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))


def _see_that_somebody_listens(address: str) -> None:
    """Raise OSError where nobody listens at HOST:PORT: Ray itself would try for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS_TO_ANSWER).close()


def _ray() -> Any:
    """Import Ray with its reports home switched off, which it looks up when it is imported."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # Ray's own word on a setting that it will change; it is nothing that a user of Comity can act on.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise MissingExtra("cluster", "Coding on a Ray cluster") from error


def _told(error: Any) -> ComityError:
    cause = error.cause if isinstance(getattr(error, "cause", None), Exception) else error
    if isinstance(cause, ComityError):
        return ComityError(str(cause))
    return ComityError(
        f"a worker of the cluster failed because of a fault in Comity ({type(cause).__name__}: {cause}).",
        remedy="Please report it; what is finished stays, and the same command goes on from there.",
    )
