"""`comity serve`: the record in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import say


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8750, show_default=True, help="0 takes a free one.")
@click.option("--open/--no-open", "show", default=True, help="Open the browser.")
def command(port: int, show: bool) -> None:
    """Look at the record in a browser: events, positions, figures, and every document with its evidence highlighted.

    Listens on this machine only (127.0.0.1) and changes nothing. Stop with Ctrl-C.
    """
    import errno
    import functools
    import socket

    import uvicorn

    from comity.app.web import make_app
    from comity.flow import Workspace, material_of, open_view
    from comity.terms import ComityError

    workspace = Workspace.find(Path())
    open_view(workspace).close()  # a missing record is said now, not at the first click
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise ComityError(f"port {port} {reason}", remedy="Choose another with --port; 0 takes a free one.") from error
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    say(f"The record of {workspace.dyad.label} at {address} (Ctrl-C stops)")
    if show:
        click.launch(address)
    app = make_app(
        functools.partial(open_view, workspace),
        workspace_name=workspace.root.name,
        material_of=functools.partial(material_of, workspace),
    )
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
