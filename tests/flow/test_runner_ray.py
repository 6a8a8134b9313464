"""The same run on a real Ray cluster of this machine, one of whose two workers is killed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from tests.flow import corpora

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs Ray: pip install 'comity[cluster]'"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]


def test_a_worker_of_the_cluster_is_killed_in_mid_run(tmp_path: Path) -> None:
    """With two workers, one killed, the run ends with the bytes of a run on processes that nobody killed."""
    corpora.write_lines(tmp_path / "news.jsonl", 3000)
    shards = ("--shard", "25", "--jobs", "2")
    running = corpora.begin("news.jsonl", "--out", "out", "--cluster", "local", *shards, cwd=tmp_path)

    def at_work() -> list[int]:
        return [each for each in corpora.below(running.pid) if "ray::code_shard" in corpora.command_of(each)]

    corpora.wait_until(lambda: len(corpora.receipts(tmp_path / "out")) > 5 and len(at_work()) == 2)
    victim = at_work()[0]
    corpora.kill(victim)
    done = len(corpora.receipts(tmp_path / "out"))
    said = running.communicate()[1]
    assert (running.returncode, done < 120) == (0, True), said
    calm = corpora.begin("news.jsonl", "--out", "calm", *shards, cwd=tmp_path)
    calm.communicate()
    assert corpora.contents(tmp_path / "out") == corpora.contents(tmp_path / "calm")


def test_no_cluster_at_an_address_is_told(tmp_path: Path) -> None:
    """An address where no cluster is ends with exit 2 and says what to do."""
    corpora.write_lines(tmp_path / "news.jsonl", 5)
    refused = corpora.begin("news.jsonl", "--out", "out", "--cluster", "127.0.0.1:1", cwd=tmp_path)
    said = refused.communicate()[1]
    assert (refused.returncode, "ray start" in said, "Traceback" in said) == (2, True, False), said
