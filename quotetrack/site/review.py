"""Decisions made on the pages: off unless the site's owner says who may, and recorded like all others.

metadata.yml turns it on by naming actors, in the form of Datasette's own allow blocks:

    plugins:
      quotetrack:
        review:
          id: [eve, adam]

Another plugin can allow or deny it as well, by answering for the permission "quotetrack-review". Before any
of this is asked, Datasette refuses a form that does not bear the token against forged requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils import actor_matches_allow
from datasette.utils.asgi import Forbidden, NotFound, Response

from quotetrack.site import decided
from quotetrack.site.serving import Links, open_for, page

# quotetrack.database is imported where something is decided: a site that is only read has none.
if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotetrack.database.effects import Decision

PERMISSION = "quotetrack-review"

_DONE, _FAILED = 1, 3
_MAX_REASON = 2_000
# No name is longer; and the message that repeats it must fit into a cookie.
_MAX_NAME = 200


class _RefusedError(Exception):
    """What was asked for cannot be done; the message is for the reviewer."""


def allowed(datasette: Any, actor: dict[str, Any] | None, action: str) -> bool | None:
    """The plugin's own answer to who may review: those whom the owner names, and nobody unknown."""
    if action != PERMISSION:
        return None
    named = (datasette.plugin_config("quotetrack") or {}).get("review")
    if actor is None or not isinstance(named, dict) or not actor_matches_allow(actor, named):
        return None
    return True


async def may_review(datasette: Any, request: Any, db: Any) -> bool:
    if not request.actor or not db.is_mutable or not db.path:
        return False
    return bool(
        await datasette.permission_allowed(request.actor, PERMISSION, resource=db.name, default=False)
    )


async def quotation(datasette: Any, request: Any) -> Any:
    return await _decide(datasette, request, _about_quotation, Links.quotation)


async def speaker(datasette: Any, request: Any) -> Any:
    return await _decide(datasette, request, _about_speaker, lambda here, wanted: here.speaker(int(wanted)))


async def decision(datasette: Any, request: Any) -> Any:
    """Take a decision back, or put it in force again by taking back the one that did; then the list again."""
    wanted = decided.Wanted.from_arguments(request.args)
    return await _decide(datasette, request, _undo, lambda here, _: here.decisions(wanted.here()))


async def decisions(datasette: Any, request: Any) -> Any:
    """The page of decisions, for those who may take them back."""
    db = await _open_for_reviewer(datasette, request)
    wanted = decided.Wanted.from_arguments(request.args)
    found, following = await decided.find(db, wanted)
    name = None
    if wanted.speaker is not None:
        row = (await db.execute("select name from speakers where id = ?", [wanted.speaker])).first()
        name = row["name"] if row else None
    context = {
        "wanted": wanted,
        "back": urlencode(wanted.here()),
        "decisions": found,
        "following": following,
        "speaker_name": name,
        "me": _name(request.actor),
    }
    return await page(datasette, request, db, "decisions", context)


async def _open_for_reviewer(datasette: Any, request: Any) -> Any:
    db = await open_for(datasette, request)
    if not await may_review(datasette, request, db):
        raise Forbidden("Only reviewers whom this site's owner has named can decide")
    return db


def _name(actor: dict[str, Any]) -> str:
    return str(actor.get("id") or actor.get("name") or "unknown")


async def _decide(
    datasette: Any, request: Any, about: Callable[..., Decision], back: Callable[[Links, str], str]
) -> Any:
    """Record what a form asks for, and lead `back` to a page that says how it went."""
    db = await _open_for_reviewer(datasette, request)
    if request.method != "POST":
        raise NotFound("Decisions are made with the forms of a page")
    from quotetrack.database import open_database
    from quotetrack.errors import UserError

    wanted, form = request.url_vars["id"], await request.post_vars()
    by, why = _name(request.actor), form.get("why", "").strip()[:_MAX_REASON]

    def write() -> Decision:
        connection = open_database(db.path)
        try:
            return about(connection, wanted, form, by=by, why=why)
        finally:
            connection.close()

    try:
        # In a thread of its own: it may have to wait for another writer.
        made = await asyncio.to_thread(write)
        datasette.add_message(request, f"Your decision is recorded, as number {made.id}.", _DONE)
    except (_RefusedError, UserError) as problem:
        datasette.add_message(request, f"Nothing was changed: {problem}", _FAILED)
    return Response.redirect(back(Links(datasette, db.name), wanted))


def _about_quotation(db: Database, wanted: str, form: dict[str, str], **signed: str) -> Decision:
    from quotetrack.database.decisions import record, undo

    match form.get("decision"):
        case "confirm" | "not-a-quotation" as kind:
            return record(db, kind, {"quotation": wanted}, **signed)
        case "attribute":
            speakers = _speakers(db, form.get("speaker", ""), add="add" in form)
            return record(db, "attribute", {"quotation": wanted, "speakers": speakers}, **signed)
        case "not-told":
            return record(db, "attribute", {"quotation": wanted, "speakers": []}, **signed)
        case "undo":
            row = db.execute("select decision from quotations where id = ?", [wanted]).fetchone()
            if row is None or row[0] is None:
                raise _RefusedError("there is no decision about this quotation")
            return undo(db, row[0], **signed)
    raise _RefusedError("this is no kind of decision")


def _about_speaker(db: Database, wanted: str, form: dict[str, str], **signed: str) -> Decision:
    from quotetrack.database.decisions import record
    from quotetrack.database.who import find_speaker

    number, name = int(wanted), _cleaned(form.get("name", ""))
    match form.get("decision"):
        case "rename":
            return record(db, "rename", {"speaker": number, "name": name}, **signed)
        case "note":
            note = form.get("note", "").strip()[:_MAX_REASON]
            return record(db, "note", {"speaker": number, "note": note}, **signed)
        case "merge":
            return record(db, "merge", {"speaker": number, "into": find_speaker(db, name)}, **signed)
        case "never-merge":
            return record(db, "never-merge", {"speakers": [number, find_speaker(db, name)]}, **signed)
    raise _RefusedError("this is no kind of decision")


def _undo(db: Database, wanted: str, form: dict[str, str], **signed: str) -> Decision:
    from quotetrack.database.decisions import undo

    return undo(db, int(wanted), **signed)


def _speakers(db: Database, typed: str, *, add: bool) -> list[int]:
    """The speakers that a reviewer typed, with ; between; those whom nobody knows are made if `add`."""
    from quotetrack.database.who import UnknownSpeakerError, find_or_make, find_speaker

    names = [name for name in map(_cleaned, typed.split(";")) if name]
    if not names:
        raise _RefusedError("no name was given of who said it")
    for name in names:
        try:
            find_speaker(db, name)
        except UnknownSpeakerError as unknown:
            if not add:
                raise _RefusedError(f"{unknown}; tick that the speaker is new to add one") from None
    # Nobody is made before all the others are known.
    return [find_or_make(db, name) for name in names]


def _cleaned(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > _MAX_NAME:
        raise _RefusedError(f"a name has at most {_MAX_NAME} characters")
    return name
