"""The command line: `comity VERB`. Data goes to stdout, words and progress to stderr; exit 0 clean, 1 findings, 2 could not run."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from comity import __version__

# Verb -> its line in the help. The module of a verb is imported when the verb is used, so that help stays instant.
VERBS = {
    "init": "Make a workspace for two states.",
    "add": "Put files or folders into the workspace's sources.",
    "build": "Read what is new in the sources and bring the record up to date.",
    "code": "Code political events (PLOVER) in files.",
    "measure": "Measure the relationship from the record.",
    "check": "Hold a text's claims against its own tables, arithmetic and the record.",
    "brief": "Write the sourced brief.",
    "serve": "Look at the record in a browser, on this machine only.",
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
    machine; nothing is sent anywhere.
    """
    ctx.ensure_object(dict)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    from comity.terms import ComityError

    try:
        result = comity.main(
            args=None if arguments is None else list(arguments), prog_name="comity", standalone_mode=False
        )
    except click.exceptions.Exit as exit_:
        code = exit_.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except ComityError as error:
        click.echo(f"comity: {error}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("comity: stopped; the record is as it was before this step.", err=True)
        code = 130
    except BrokenPipeError:
        # The reader of our output closed it (`comity export | head`): not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    else:
        code = result if isinstance(result, int) else 0
    sys.exit(code)
