"""The commands under quotetrack speakers: who is who."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotetrack.cli import options
from quotetrack.cli.deciding import by_and_why, recorded

if TYPE_CHECKING:
    from sqlite_utils import Database

_Payload = Callable[[int, Any], dict[str, Any]]
TYPES = click.Choice(["person", "organisation"])


def _open(database: str) -> Database:

    # "speakers -d FILE merge" names the database before the command, "speakers merge -d FILE" after it.
    context = click.get_current_context()
    default = click.core.ParameterSource.DEFAULT
    if context.parent and context.get_parameter_source("database") is default:
        database = context.parent.params["database"]
    return options.opened(database)


def _find(db: Database, who: str) -> int:
    from quotetrack.database.who import find_speaker

    return find_speaker(db, who)


def _name(db: Database, speaker: int) -> str:
    return str(db.table("speakers").get(speaker)["name"])


def _decide(db: Database, kind: str, payload: dict[str, Any], by: str, why: str, words: str) -> None:
    from quotetrack.database.decisions import record

    recorded(record(db, kind, payload, by=by, why=why), words)


def _deciding(
    kind: str, arguments: tuple[str, str], payload: _Payload, words: str, help: str
) -> click.Command:
    """A command that records a decision of this kind about its two arguments.

    The first is a speaker; so is the second, unless it is a NAME or TEXT. `payload` makes the decision's
    payload of them, `words` tells what was decided.
    """

    @click.command(kind, help=help)
    @options.database
    @click.argument("one", metavar=arguments[0])
    @click.argument("other", metavar=arguments[1])
    @by_and_why
    def command(database: str, one: str, other: str, by: str, why: str) -> None:
        db = _open(database)
        speaker = _find(db, one)
        if arguments[1] in ("NAME", "TEXT"):
            told = words.format(_name(db, speaker), other)
            _decide(db, kind, payload(speaker, other), by, why, told)
        else:
            second = _find(db, other)
            told = words.format(_name(db, speaker), _name(db, second))
            _decide(db, kind, payload(speaker, second), by, why, told)

    return command


@click.command()
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@click.option(
    "--type", "kind", type=TYPES, help="What they are names of, where the program should not guess."
)
def compare(one: str, other: str, kind: Any) -> None:
    """Are two names one speaker's? One JSON object; "same" is null where a person should look.

    Needs no database.
    """
    import json

    from quotetrack.names import compare_names

    verdict = compare_names(one, other, kind, kind)
    answer = {"same": verdict.same, "score": round(verdict.score, 3), "reasons": verdict.reasons}
    click.echo(json.dumps(answer, ensure_ascii=False))


@click.command()
@options.database
@click.argument("who")
@click.argument("name")
@click.option("--called", "names", multiple=True, metavar="NAME", help="What goes by this name; repeatable.")
@click.option("--quotation", "quotations", multiple=True, metavar="ID", help="This quotation; repeatable.")
@by_and_why
def split(
    database: str, who: str, name: str, names: tuple[str, ...], quotations: tuple[str, ...], by: str, why: str
) -> None:
    """Part of what WHO is taken to have said is another speaker's, to be called NAME."""
    db = _open(database)
    speaker = _find(db, who)
    payload = {"speaker": speaker, "names": list(names), "quotations": list(quotations), "name": name}
    _decide(db, "split", payload, by, why, f"{name} is not {_name(db, speaker)}")


@click.command()
@options.database
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.silent
def import_(database: str, file: Path, silent: bool) -> None:
    """Take over an authority list, a CSV file of who is who.

    Columns: name, aliases (divided by | or ;), description, type (person or organisation); every other column
    is an identifier, such as wikidata. The entries are matched to the speakers as names always are.
    """
    from quotetrack.database.authorities import import_list, read_list

    outcomes = import_list(_open(database), read_list(file))
    matched = sum(outcome.matched for outcome in outcomes)
    if not silent:
        for outcome in outcomes:
            click.echo(f"{'matched' if outcome.matched else 'new':8}{outcome.speaker:>8}  {outcome.name}")
    click.echo(
        f"{len(outcomes):,} entries: {matched:,} are quoted already, {len(outcomes) - matched:,} are not"
    )


COMMANDS: dict[str, click.Command] = {
    "compare": compare,
    "merge": _deciding(
        "merge",
        ("WHO", "INTO"),
        lambda one, other: {"speaker": one, "into": other},
        "{} is {}",
        "WHO (a number or a name) is the same speaker as INTO.",
    ),
    "split": split,
    "rename": _deciding(
        "rename",
        ("WHO", "NAME"),
        lambda one, other: {"speaker": one, "name": other},
        "{} is called {}",
        "Call WHO by another NAME.",
    ),
    "alias": _deciding(
        "alias",
        ("WHO", "NAME"),
        lambda one, other: {"speaker": one, "name": other},
        "{} also goes by {}",
        "WHO also goes by NAME.",
    ),
    "never-merge": _deciding(
        "never-merge",
        ("WHO", "WHO"),
        lambda one, other: {"speakers": [one, other]},
        "{} is not {}",
        "Two speakers are not the same, however alike their names.",
    ),
    "note": _deciding(
        "note",
        ("WHO", "TEXT"),
        lambda one, other: {"speaker": one, "note": other},
        "a note about {}",
        "Keep a note about WHO.",
    ),
    "import": import_,
}
