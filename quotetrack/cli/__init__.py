"""The command line: it parses, calls one library function, prints, and turns errors into exit codes.

Each group of commands is a file of its own that is loaded when it is called; none imports anything heavy
before it runs.
"""

from __future__ import annotations

import importlib
import logging
from typing import Any

import click

from quotetrack.errors import UserError

EXIT_CODES = """\b
Exit codes:
    0  done
    1  done, but some inputs failed or something is wrong (see the lines above)
    2  not done: a wrong option, or a database that cannot be used
   70  a bug in QuoteTrack (--debug shows where)
  130  stopped by Ctrl-C
"""
EXIT_SOME_FAILED = 1
EXIT_NOT_DONE = 2
EXIT_BUG = 70
EXIT_STOPPED = 130

# Command: the module in this package that has it under the same name.
COMMANDS = {
    "ingest": "ingest",
    "extract": "extract",
    "quotes": "quotes",
    "speakers": "speakers",
    "review": "review",
    "decisions": "decisions",
    "export": "export",
    "serve": "serve",
    "publish": "publish",
    "changes": "changes",
    "reextract": "reextract",
    "verify": "verify",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"quotetrack.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        debug = ctx.params["debug"]
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(EXIT_STOPPED)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except UserError as error:
            if debug:
                raise
            _fail(ctx, str(error), EXIT_NOT_DONE)
        except Exception as error:
            if debug:
                raise
            _fail(ctx, f"a bug: {type(error).__name__}: {error} (--debug shows where)", EXIT_BUG)


def _fail(ctx: click.Context, message: str, code: int) -> None:
    click.echo(f"quotetrack: {message}", err=True)
    ctx.exit(code)


@click.group(cls=_Commands, epilog=EXIT_CODES)
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.version_option(package_name="quotetrack")
def main(debug: bool) -> None:
    """Every direct quotation in the news, with who said it, in a SQLite database."""
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, format="%(name)s: %(message)s")
