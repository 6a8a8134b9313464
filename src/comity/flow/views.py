"""Views of a workspace's record, for whoever reads it: nothing that reads documents is loaded with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from comity.flow.mappings import stray_mappings
from comity.flow.workspace import CONFIGURATION, Workspace
from comity.record import Record, View
from comity.terms import RecordError


def open_view(workspace: Workspace) -> View:
    """Return a view of the workspace's record; close it after use."""
    view = view_if_built(workspace)
    if view is None:
        raise RecordError(f"{workspace.root} has no record yet.", remedy="Run the build: comity build")
    return view


def view_if_built(workspace: Workspace) -> View | None:
    """Return a view of the workspace's record, or None where no build has come to its end yet; close it after use."""
    built = Record.built(workspace.record)
    return None if built is None else built.view()


def strays(workspace: Workspace, sources: Collection[str], view: View) -> Iterator[tuple[str, str]]:
    """Yield what comity.toml and decisions.jsonl say that leads nowhere: the file and the words."""
    for words in stray_mappings(workspace.mappings, sources, view):
        yield CONFIGURATION, words
    for words in view.problems():
        yield workspace.decisions.name, words
