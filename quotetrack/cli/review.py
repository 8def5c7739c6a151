"""quotetrack review"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from quotetrack.cli import options
from quotetrack.cli.deciding import by_and_why
from quotetrack.cli.table import one_line, terminal_width

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotetrack.database.review import Doubt, Example, Pair, Side

PAIR_KEYS = {"y": "the same", "n": "not the same", "s": "skip", "u": "undo", "q": "quit"}
DOUBT_KEYS = {
    "y": "yes, said it",
    "n": "no, and nobody knows who",
    "o": "other speaker",
    "x": "no quotation",
    "s": "skip",
    "u": "undo",
    "q": "quit",
}
END_KEYS = {"u": "undo", "q": "quit"}


@click.command()
@options.database
@click.option("--below", default=0.6, show_default=True, help="Attributions less sure than this.")
@click.option("--only", type=click.Choice(["speakers", "quotations"]), help="Only this part of the queue.")
@by_and_why
def review(database: str, below: float, only: str | None, by: str, why: str) -> None:
    """Decide, one after the other, what the program is unsure of.

    First pairs of speakers who may be one, then quotations whose speaker is doubtful. Every answer is a
    decision that is kept with who made it, and can be undone, here or later.
    """
    from quotetrack.database.review import doubts, pairs

    session = _Session(options.opened(database), by, why)
    waiting: list[Iterator[Pair] | Iterator[Doubt]] = []
    if only != "quotations":
        waiting.append(pairs(session.db))
    if only != "speakers":
        waiting.append(doubts(session.db, below))
    all_seen = session.go_through(chain.from_iterable(waiting))
    click.echo(f"{len(session.made):,} decisions made." + (" Nothing else waits." if all_seen else ""))


class _Session:
    """One sitting: what was decided in it, so that it can be undone."""

    def __init__(self, db: Database, by: str, why: str) -> None:
        self.db, self.by, self.why = db, by, why
        self.made: list[int] = []

    def go_through(self, items: Iterator[Pair | Doubt]) -> bool:
        """Ask about each of `items` until none is left or the person quits; returns whether none is left.

        What is undone is asked again at once. After the last one, undoing is offered once more.
        """
        decided: list[Pair | Doubt] = []
        asked: list[Pair | Doubt] = []
        while True:
            if not asked and (item := next(items, None)):
                asked.append(item)
            if asked:
                key = self._ask_about(asked[-1])
            elif self.made:
                click.secho("\nThat was the last one.", bold=True)
                key = self._ask(END_KEYS)
            else:
                return True
            if key == "q":
                return not asked
            if key == "u":
                if self._undo():
                    asked.append(decided.pop())
            elif key == "s":
                asked.pop()
            elif self._decide(asked[-1], key):
                decided.append(asked.pop())

    def _ask_about(self, item: Pair | Doubt) -> str:
        from quotetrack.database.review import Pair

        if isinstance(item, Pair):
            _show_pair(item)
            return self._ask(PAIR_KEYS)
        _show_doubt(item)
        return self._ask(DOUBT_KEYS)

    def _decide(self, item: Pair | Doubt, key: str) -> bool:
        from quotetrack.database.review import Pair

        return _decide_pair(self, item, key) if isinstance(item, Pair) else _decide_doubt(self, item, key)

    def record(self, kind: str, payload: dict[str, Any]) -> bool:
        from quotetrack.database.decisions import DecisionError, record

        try:
            self.made.append(record(self.db, kind, payload, by=self.by, why=self.why).id)
        except DecisionError as error:
            click.secho(str(error), fg="red")
            return False
        return True

    def _ask(self, keys: dict[str, str]) -> str:
        click.echo("  ".join(f"{click.style(key, bold=True)} {words}" for key, words in keys.items()))
        try:
            return str(
                click.prompt(
                    "",
                    type=click.Choice(list(keys), case_sensitive=False),
                    show_choices=False,
                    prompt_suffix="> ",
                )
            )
        except click.Abort:
            return "q"

    def _undo(self) -> bool:
        from quotetrack.database.decisions import undo

        if not self.made:
            click.secho("nothing to undo in this sitting; see quotetrack decisions", fg="yellow")
            return False
        number = self.made.pop()
        undo(self.db, number, by=self.by, why="undone in review")
        click.secho(f"decision {number} is taken back", fg="yellow")
        return True


def _show_pair(pair: Pair) -> None:
    click.echo()
    click.secho(f"One speaker? ({pair.score:.2f}: {'; '.join(pair.reasons)})", bold=True)
    for side in (pair.one, pair.other):
        _show_side(side)


def _show_side(side: Side) -> None:
    titles = f", {', '.join(side.titles)}" if side.titles else ""
    click.echo(
        one_line(f"  {side.id}  {side.name}{titles}: {side.quotations:,} quotations", terminal_width())
    )
    for one in side.examples:
        _show_example(one)


def _show_example(one: Example) -> None:
    width = max(terminal_width() - 6, 40)
    words = one_line(one.context[one.start : one.end], width * 3)
    before, after = (
        one_line(part, len(one.context)) for part in (one.context[: one.start], one.context[one.end :])
    )
    room = max((width * 3 - len(words)) // 2, 40)
    text = f"{_end(before, room)}{click.style(words, bold=True)}{one_line(after, room)}"
    click.echo(click.wrap_text(text, width, initial_indent="      ", subsequent_indent="      "))
    if one.where:
        click.secho(f"      {one_line(one.where, width)}", dim=True)


def _end(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[-width:]


def _decide_pair(session: _Session, pair: Pair, key: str) -> bool:
    if key == "y":
        return session.record("merge", {"speaker": pair.one.id, "into": pair.other.id})
    return session.record("never-merge", {"speakers": [pair.one.id, pair.other.id]})


def _show_doubt(doubt: Doubt) -> None:
    click.echo()
    mention = f", as “{doubt.mention}”" if doubt.mention and doubt.mention != doubt.name else ""
    click.secho(
        f"Said by {one_line(doubt.name, 60)}{mention}? ({doubt.confidence:.2f}, {doubt.rule})", bold=True
    )
    _show_example(doubt.example)


def _decide_doubt(session: _Session, doubt: Doubt, key: str) -> bool:
    quotation = doubt.example.quotation
    if key == "y":
        return session.record("confirm", {"quotation": quotation})
    if key == "x":
        return session.record("not-a-quotation", {"quotation": quotation})
    if key == "n":
        return session.record("attribute", {"quotation": quotation, "speakers": []})
    return _other_speaker(session, quotation)


def _other_speaker(session: _Session, quotation: str) -> bool:
    from quotetrack.database.who import UnknownSpeakerError, find_or_make, find_speaker
    from quotetrack.errors import UserError

    try:
        who = click.prompt(
            "Who (a name, or a speaker's number; empty to go back)", default="", show_default=False
        )
        if not who.strip():
            return False
        try:
            speaker = find_speaker(session.db, who)
        except UnknownSpeakerError as unknown:
            # A slip of the pen is no new speaker.
            if not click.confirm(f"{unknown}; a new one?"):
                return False
            speaker = find_or_make(session.db, who)
    except click.Abort:
        click.echo()
        return False
    except UserError as error:
        click.secho(str(error), fg="red")
        return False
    return session.record("attribute", {"quotation": quotation, "speakers": [speaker]})
