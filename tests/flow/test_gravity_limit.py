"""The gravity expectation from the sources: its limit ends every step, a missing extra is told first, units are seen to."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import duckdb
import pytest

import comity.measures
from comity.flow import GravityAsked, measure_gravity
from comity.flow.gravity_data import product_held
from comity.flow.panel_variables import offered
from comity.flow.panels import find_data_sets, put_on_shelf
from comity.flow.time_limit import TimeUp, time_up
from comity.terms import MissingExtra
from tests.flow.gravity_files import DYAD, flows, gdp, place

# The time limit of the tests is an alarm too, and an alarm that somebody has set is left to ring.
free = pytest.mark.timeout(0)


@free
def test_the_limit_rings_no_more_after_its_block() -> None:
    """What follows a block that was done in time is left alone, and Ctrl-C in a block stays Ctrl-C."""
    with time_up(0.05):
        pass
    time.sleep(0.1)
    with pytest.raises(KeyboardInterrupt), time_up(60):
        raise KeyboardInterrupt


@free
def test_the_limit_ends_a_query() -> None:
    """A query that would take hours ends at the limit, and the connection serves the next one."""
    with duckdb.connect(config={"threads": 1}) as connection:
        with pytest.raises(TimeUp), time_up(0.2):
            connection.execute(
                "SELECT count(*) FROM range(9000000) a, range(9000000) b WHERE a.range * b.range % 7 = 3"
            )
        assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_outside_the_main_thread_there_is_no_alarm() -> None:
    """In another thread, where no signal can be heard, the block runs to its end."""
    done: list[int] = []

    def work() -> None:
        with time_up(0.01):
            time.sleep(0.05)
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]


@free
def test_a_step_before_the_estimation_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that takes far longer than the limit is ended in the middle, and the answer says which it was."""
    monkeypatch.setattr(comity.measures, "see_extra", lambda: None)
    workspace = place(tmp_path / "w", gdp=gdp(flows()))
    began = time.monotonic()
    answer = measure_gravity(
        workspace, GravityAsked(limit=1.0, on_step=lambda words: time.sleep(60), began=time.monotonic() - 0.5)
    )
    assert time.monotonic() - began < 30
    assert answer.unfinished == (
        "Stopped at the limit of 1 s, before the data sets were read. --time-limit gives it more."
    )


def test_a_missing_extra_is_told_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyfixest the command to install it comes first, and no file is read."""

    def away() -> None:
        raise MissingExtra("models", "Estimating")

    monkeypatch.setattr(comity.measures, "see_extra", away)
    heard: list[str] = []
    workspace = place(tmp_path / "w", gdp=gdp(flows()))
    with pytest.raises(MissingExtra):
        measure_gravity(workspace, GravityAsked(on_step=heard.append))
    assert heard == [] and not workspace.shelf.exists()


def test_products_in_another_unit_are_not_taken(tmp_path: Path) -> None:
    """Products count where they are in the unit of the trade; each state's own currency, or an index, would be no size."""
    workspace = place(tmp_path / "w", gdp=gdp(flows()))
    shelf, errors = put_on_shelf(find_data_sets((), workspace), workspace.shelf)
    assert not errors
    with duckdb.connect() as connection:
        held = offered(connection, shelf)
        taken = product_held(connection, held, DYAD, 1998, "USD")
        assert taken is not None and taken.unit == "USD"
        assert product_held(connection, held, DYAD, 1998, "EUR") is None
