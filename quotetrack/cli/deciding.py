"""What the commands that record decisions share."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from quotetrack.database.effects import Decision

_Command = TypeVar("_Command", bound=Callable[..., Any])


def by_and_why(command: _Command) -> _Command:
    """The options that say who decides, and why."""
    command = click.option("--why", default="", metavar="WORDS", help="Why: kept with the decision.")(command)
    return click.option(
        "--by",
        envvar="QUOTETRACK_USER",
        default=getpass.getuser,
        show_default="you",
        show_envvar=True,
        metavar="NAME",
        help="Who decides.",
    )(command)


def recorded(decision: Decision, words: str) -> None:
    """Say what was decided and how to take it back."""
    click.echo(f"decision {decision.id}: {words}")
    click.echo(f"    take it back with: quotetrack decisions undo {decision.id}", err=True)
