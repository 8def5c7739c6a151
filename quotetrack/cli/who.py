"""The commands under quotetrack speakers: who is who."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotetrack.cli import EXIT_SOME_FAILED, options
from quotetrack.cli.deciding import by_and_why, recorded
from quotetrack.cli.progress import steps
from quotetrack.cli.table import printable

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
        from quotetrack.database.decisions import record
        from quotetrack.database.who import namesakes

        db = _open(database)
        speaker = _find(db, one)
        others = namesakes(db, speaker, other) if arguments[1] == "NAME" else []
        if arguments[1] in ("NAME", "TEXT"):
            told = words.format(_name(db, speaker), other)
            about = payload(speaker, other)
        else:
            second = _find(db, other)
            told = words.format(_name(db, speaker), _name(db, second))
            about = payload(speaker, second)
        recorded(record(db, kind, about, by=by, why=why), told)
        for namesake, words_for_it in others:
            _tell_namesake(db, namesake, words_for_it, speaker)

    return command


def _tell_namesake(db: Database, namesake: int, words: str, speaker: int) -> None:
    """Say what a name that `namesake` has already means, now that `speaker` has it too."""
    from quotetrack.database.who import are_one

    if are_one(db, namesake, speaker):
        told = "is one speaker with them now"
    else:
        told = f"stays apart; if they are one: quotetrack speakers merge {namesake} {speaker}"
    click.echo(f"    {printable(words)} has that name too and {told}", err=True)


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

    if not (one.strip() and other.strip()):
        raise click.UsageError("a name is empty")
    verdict = compare_names(one, other, kind, kind)
    answer = {"same": verdict.same, "score": round(verdict.score, 3), "reasons": verdict.reasons}
    click.echo(json.dumps(answer, ensure_ascii=False))


@click.command()
@options.database
@click.argument("who")
@click.argument("name")
@click.option(
    "--called",
    "names",
    multiple=True,
    metavar="NAME",
    help="What goes by this name, the fullest in an article; repeatable.",
)
@click.option("--quotation", "quotations", multiple=True, metavar="ID", help="This quotation; repeatable.")
@by_and_why
def split(
    database: str, who: str, name: str, names: tuple[str, ...], quotations: tuple[str, ...], by: str, why: str
) -> None:
    """Part of what WHO is taken to have said is another speaker's, to be called NAME."""
    from quotetrack.database.decisions import record

    db = _open(database)
    speaker = _find(db, who)
    payload = {"speaker": speaker, "names": list(names), "quotations": list(quotations), "name": name}
    made = record(db, "split", payload, by=by, why=why)
    # An article's short form of a name takes nothing along: quotations go by the fullest name there.
    theirs = db.table("speakers").get(made.payload["into"])["quotations"]
    recorded(made, f"{name} is not {_name(db, speaker)}: {theirs:,} quotations are theirs")


@click.command()
@options.database
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.silent
def import_(database: str, file: Path, silent: bool) -> None:
    """Take over an authority list, a CSV file of who is who.

    Columns: name, aliases (divided by | or ;), description, type (person or organisation); every other column
    is an identifier, such as wikidata. Commas, semicolons or tabs part them. The entries are matched to the
    speakers as names always are: prints whether each is quoted already, known without a quotation, or new,
    and the speaker's number. A row that is no entry is told with its line, and the others are taken over.
    """
    from quotetrack.database.authorities import import_list, read_list

    shown = partial(steps, "entry", shown=not silent)
    entries, problems = read_list(file)
    outcomes = import_list(_open(database), entries, shown)
    if not silent:
        for outcome in outcomes:
            click.echo(f"{outcome.status:8}{outcome.speaker:>8}  {printable(outcome.name)}")
    for problem in problems:
        click.echo(f"failed  {printable(problem)}", err=True)
    if not silent:
        counts = Counter(outcome.status for outcome in outcomes)
        click.echo(
            f"{len(outcomes):,} entries: {counts['quoted']:,} are quoted already, {counts['known']:,} known, "
            f"{counts['new']:,} new"
        )
    if problems:
        sys.exit(EXIT_SOME_FAILED)


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
        "Call WHO by another NAME. Another speaker who has it already becomes one with WHO, or stays apart "
        "where that is not certain; which, is told.",
    ),
    "alias": _deciding(
        "alias",
        ("WHO", "NAME"),
        lambda one, other: {"speaker": one, "name": other},
        "{} also goes by {}",
        "WHO also goes by NAME. Another speaker who has it already becomes one with WHO, or stays apart "
        "where that is not certain; which, is told.",
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
