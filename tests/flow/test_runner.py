"""Runners: every task is done once whatever becomes of workers, and a task that kills them is given up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.flow.runner import ATTEMPTS, Lost, Processes, Runner, runner_of
from comity.terms import ComityError, MissingExtra, WorkspaceError


def double(task: int) -> int:
    """Return twice the number."""
    return 2 * task


def deadly(task: tuple[str, int]) -> int:
    """Note the attempt, and end the process at the number 3; at 5 only the first time."""
    folder, number = task
    marks = len(list(Path(folder).glob(f"{number}-*")))
    (Path(folder) / f"{number}-{marks}").touch()
    if number == 3 or (number == 5 and not marks):
        os._exit(9)
    return number


def refusing(task: int) -> int:
    """Raise as a full disk would."""
    raise WorkspaceError("the disk is full.", remedy="Make room.") if task else KeyError(task)


def threads(task: int) -> str:
    """Return how many threads linear algebra may take here."""
    return os.environ.get("OMP_NUM_THREADS", "")


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_task_is_done_once(jobs: int) -> None:
    """Each task gives one result; no task gives none."""
    assert sorted(Processes(jobs).map(double, range(20))) == [2 * n for n in range(20)]
    assert list(Processes(jobs).map(double, [])) == []


def test_a_task_that_kills_its_workers_is_given_up(tmp_path: Path) -> None:
    """It is tried three times; a task whose worker died once is done, and so are all others."""
    results = list(Processes(2).map(deadly, [(str(tmp_path), number) for number in range(8)]))
    lost = [result for result in results if isinstance(result, Lost)]
    assert [each.task[1] for each in lost] == [3] and "exit code 9" in lost[0].reason
    assert sorted(result for result in results if not isinstance(result, Lost)) == [0, 1, 2, 4, 5, 6, 7]
    assert (len(list(tmp_path.glob("3-*"))), len(list(tmp_path.glob("5-*")))) == (ATTEMPTS, 2)


def test_what_a_task_raises_ends_the_run() -> None:
    """An error that a person can act on comes as it is; any other says that it is ours."""
    with pytest.raises(ComityError, match=r"the disk is full\. Make room\."):
        list(Processes(1).map(refusing, [1]))
    with pytest.raises(ComityError, match=r"fault in Comity \(KeyError"):
        list(Processes(1).map(refusing, [0]))


def test_workers_take_one_thread_each() -> None:
    """Linear algebra in a worker has one thread, and this process's own setting stays."""
    before = os.environ.get("OMP_NUM_THREADS")
    assert list(runner_of(1).map(threads, [0])) == ["1"]
    assert os.environ.get("OMP_NUM_THREADS") == before


def test_a_cluster_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Ray is not installed, the message says what to install; its reports home are off before its import."""
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    with pytest.raises(MissingExtra, match=r"comity\[cluster\]"):
        runner: Runner = runner_of(2, "local")
        assert runner
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
