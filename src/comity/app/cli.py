"""The command line: `comity VERB`. Data goes to stdout, words and progress to stderr; exit 0 clean, 1 findings, 2 could not run."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import click

from comity import __version__

# Verb -> its line in the help. The module of a verb is imported when the verb is used, so that help stays instant.
VERBS = {
    "init": "Make a workspace for two states.",
    "add": "Put files or folders into the workspace's sources.",
    "fetch": "Get a published data set from its publisher's service.",
    "build": "Read what is new in the sources and bring the record up to date.",
    "code": "Code political events (PLOVER) in files.",
    "measure": "Measure the relationship from the record.",
    "check": "Hold a text's claims against its own tables, arithmetic and the record.",
    "brief": "Write the sourced brief.",
    "serve": "Look at the record in a browser, on this machine only.",
    "panel": "Write a table of dyad-years or state-years from published data sets.",
    "export": "Write the record's events, figures, positions or bibliography as files.",
    "explain": "Say what a finding's code means and what to do about it.",
    "status": "Say what the record holds, what was not read, and why.",
    "doctor": "Check the installation.",
    "demo": "Build the example workspace and its brief.",
}


def _be_quiet(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.find_root().ensure_object(dict)
    if value:
        ctx.find_root().obj["quiet"] = True


# Every verb takes it too: people write it where they think of it.
_QUIET = click.Option(
    ["-q", "--quiet"],
    is_flag=True,
    expose_value=False,
    callback=_be_quiet,
    help="Say nothing on stderr but errors.",
)


class _Outside(Exception):
    """An error of the operating system, past click, which ends the program itself when a reader closes our output."""

    def __init__(self, error: OSError) -> None:
        self.error = error


@contextmanager
def _past_click() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _Outside(error) from error


class Verbs(click.Group):
    """The group of all verbs, each imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb's module and return its command."""
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"comity.app.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        if _QUIET not in command.params:
            command.params.append(_QUIET)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb asked for; a misspelt one is refused with the one that is likely meant."""
        import difflib

        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], VERBS, 1)
            meant = f"Did you mean '{near[0]}'?" if near else f"The verbs are {', '.join(VERBS)}."
            raise click.UsageError(f"There is no verb '{args[0]}'. {meant}", ctx)
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Read the command line; `--help` already writes here."""
        with _past_click():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb, and see that all it wrote has left."""
        with _past_click():
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without importing any of them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=Verbs, params=[_QUIET], context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="comity")
@click.pass_context
def comity(ctx: click.Context) -> None:
    """Keep the sourced record of the relationship between two states.

    A first tour: comity init PAK JPN, comity add FILES, comity build, comity brief. Everything stays on this
    machine: only comity fetch asks a publisher's service, for the two states by their codes, and nothing else is sent
    anywhere unless you name a second reader and ask for it.
    """
    ctx.ensure_object(dict)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    from comity.app.output import complain
    from comity.terms import ComityError

    _open_what_is_closed()
    try:
        result = comity.main(
            args=None if arguments is None else list(arguments), prog_name="comity", standalone_mode=False
        )
    except click.exceptions.Exit as exit_:
        code = exit_.exit_code
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        code = 2
    except ComityError as error:
        complain(f"comity: {error}")
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("comity: stopped; the record is as it was before this step.")
        code = 130
    except _Outside as outside:
        # The reader of our output closed it (`comity export | head`): not an error.
        code = 0 if isinstance(outside.error, BrokenPipeError) else 2
        if code:
            complain(f"comity: {_worded(outside.error)}")
    else:
        code = result if isinstance(result, int) else 0
    _let_go_of_output()
    sys.exit(code)


def _worded(error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {reason}. See that it is there and that you may use it."
    if error.errno == errno.ENOENT:
        return "the folder that you are in is not there any more. Go to another one."
    return f"the output cannot be written: {reason}. Make room, or send it elsewhere."


def _open_what_is_closed() -> None:
    """Take the places of closed standard streams, so that no file that is opened later (the record!) lands in one."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        # Data for a closed stdout is lost, and so an error: a place that cannot be written to says so.
        opened = os.open(os.devnull, os.O_RDWR if name == "stderr" else os.O_RDONLY)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
        setattr(sys, name, open(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def _let_go_of_output() -> None:
    """Drop what could not be written: the interpreter would try once more at its end, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
