"""Builds are whole or not at all, with real processes: two at once, and killed at any moment."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from comity.record import Record
from comity.terms import RecordBusy

ROOT = Path(__file__).resolve().parents[2]

# Builds without end: each replaces the one document by the next, whose sentences all bear the build's number.
BUILDER = textwrap.dedent(
    """
    import sys
    from comity.record import Record
    from tests.record.reports import document, visit

    def build(record, number):
        made = document("paper.txt", *(f"Sentence {line} of build {number}." for line in range(200)))
        events = [visit(made, "FRA", "IND", "2019-03-04", "IND", sentence=line) for line in range(50)]
        with record.writing(wait=5) as writer:
            writer.store(made, events)

    def build_on(record, first):
        for number in range(first, 10**9):
            build(record, number)

    record = Record.open(sys.argv[1], create=True)
    build(record, int(sys.argv[2]))
    print("ready", flush=True)
    """
)
ENDLESS = BUILDER + "build_on(record, int(sys.argv[2]) + 1)\n"
# For each line of its input: a new process that builds without end, killed after so many times as long as a build takes.
KILLER = BUILDER + textwrap.dedent(
    """
    import os, signal, time
    began = time.monotonic()
    build(record, int(sys.argv[2]) + 1)
    took = time.monotonic() - began
    for round_, times in enumerate(sys.stdin, start=1):
        child = os.fork()
        if child == 0:
            build_on(record, round_ * 10**6)
        time.sleep(float(times) * took)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print("killed", flush=True)
    """
)
HOLDER = textwrap.dedent(
    """
    import sys, time
    from comity.record import Record
    with Record.open(sys.argv[1]).writing():
        print("ready", flush=True)
        time.sleep(60)
    """
)


def start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a process and wait until it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n", process.stderr and process.stderr.read().decode()
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """Kill a process at once and wait for its end."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_builds_leave_the_former_state_whole(tmp_path: Path) -> None:
    """After each of 24 kills at random moments the record holds exactly one whole build, and the next build goes on."""
    path = tmp_path / "record.db"
    chance = random.Random(7)
    killer = start(KILLER, path, 1)
    assert killer.stdin is not None
    assert killer.stdout is not None
    builds = [2]
    try:
        for _ in range(24):
            killer.stdin.write(f"{chance.uniform(0.0, 4.0)}\n".encode())
            killer.stdin.flush()
            assert killer.stdout.readline() == b"killed\n"
            builds.append(whole_builds(Record.open(path)))
    finally:
        stop(killer)
    assert builds == sorted(builds)
    assert builds[-1] > 2


def whole_builds(record: Record) -> int:
    """Return the number of builds, after seeing that the record is sound and holds just what the last one wrote."""
    assert record.faults() == ()
    with record.view() as view:
        (document,) = view.documents()
        passages = view.passages(document.id)
        assert len({passage.text.split()[-1] for passage in passages}) == 1
        assert (len(passages), len(view.reports())) == (200, 50)
        assert passages == document.passages
        return len(view.builds())


def test_second_build_names_the_first(tmp_path: Path) -> None:
    """A second build is told which process holds the record; when that one is gone, however it went, it may write."""
    path = tmp_path / "record.db"
    record = Record.open(path, create=True)
    process = start(HOLDER, path)
    try:
        with pytest.raises(RecordBusy, match=f"process {process.pid}"), record.writing(wait=0.1):
            raise AssertionError("two builds wrote at once")
        with record.view() as view:  # readers are not kept out
            assert view.builds() == ()
    finally:
        stop(process)
    with record.writing() as writer:
        assert writer.build == 1


def test_two_builders_take_turns(tmp_path: Path) -> None:
    """Two builders of one record at once both come through, one build after the other."""
    path = tmp_path / "record.db"
    builders = [start(ENDLESS, path, number * 1000) for number in (1, 2)]
    time.sleep(0.5)
    running = [builder.poll() is None for builder in builders]
    for builder in builders:
        stop(builder)
    assert running == [True, True]
    record = Record.open(path)
    assert record.faults() == ()
    with record.view() as view:
        assert [build.number for build in view.builds()] == list(range(1, len(view.builds()) + 1))
        assert len(view.documents()) == 1
