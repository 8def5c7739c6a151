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
from typing import Any

from datasette.utils import actor_matches_allow
from datasette.utils.asgi import Forbidden, NotFound, Response

from quotetrack.site.listing import speakers_called
from quotetrack.site.serving import Links, open_for

PERMISSION = "quotetrack-review"

_DONE, _FAILED = 1, 3
_MAX_REASON = 2_000


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
    return await _decide(datasette, request, "quotation", Links.quotation, _about_quotation)


async def speaker(datasette: Any, request: Any) -> Any:
    return await _decide(datasette, request, "speaker", Links.speaker, _about_speaker)


async def _decide(
    datasette: Any, request: Any, kind: str, page: Callable[[Links, Any], str], about: Callable[..., Any]
) -> Any:
    db = await open_for(datasette, request)
    if not await may_review(datasette, request, db):
        raise Forbidden("Only reviewers whom this site's owner has named can decide")
    if request.method != "POST":
        raise NotFound("Decisions are made with the forms of a page")
    # Imported here: a site that is only read never needs it.
    from quotetrack.database import decisions, open_database

    wanted, form = request.url_vars["id"], await request.post_vars()
    by = str(request.actor.get("id") or request.actor.get("name") or "unknown")
    why = form.get("why", "").strip()[:_MAX_REASON]

    def write(decision: str, payload: dict[str, Any]) -> None:
        connection = open_database(db.path)
        try:
            if decision == "undo":
                decisions.undo(connection, payload["decision"], by=by, why=why)
            else:
                decisions.record(connection, decision, payload, by=by, why=why)
        finally:
            connection.close()

    try:
        decision, payload = await about(db, wanted, form)
        # In a thread of its own: it may have to wait for another writer.
        await asyncio.to_thread(write, decision, payload)
        datasette.add_message(request, "Your decision is recorded.", _DONE)
    except (_RefusedError, decisions.DecisionError) as problem:
        datasette.add_message(request, f"Nothing was changed: {problem}", _FAILED)
    return Response.redirect(page(Links(datasette, db.name), wanted))


async def _about_quotation(db: Any, wanted: str, form: dict[str, str]) -> tuple[str, dict[str, Any]]:
    match form.get("decision"):
        case "confirm" | "not-a-quotation" as decision:
            return decision, {"quotation": wanted}
        case "attribute":
            names = [name for name in form.get("speaker", "").split(";") if name.strip()]
            if not names:
                raise _RefusedError("no name was given of who said it")
            speakers = [await _one_speaker(db, name) for name in names]
            return "attribute", {"quotation": wanted, "speakers": speakers}
        case "not-told":
            return "attribute", {"quotation": wanted, "speakers": []}
        case "undo":
            row = (await db.execute("select decision from quotations where id = ?", [wanted])).first()
            if row is None or row["decision"] is None:
                raise _RefusedError("there is no decision about this quotation")
            return "undo", {"decision": row["decision"]}
    raise _RefusedError("this is no kind of decision")


async def _about_speaker(db: Any, wanted: str, form: dict[str, str]) -> tuple[str, dict[str, Any]]:
    number, name = int(wanted), form.get("name", "").strip()
    match form.get("decision"):
        case "rename":
            return "rename", {"speaker": number, "name": name}
        case "note":
            return "note", {"speaker": number, "note": form.get("note", "").strip()}
        case "merge":
            return "merge", {"speaker": number, "into": await _one_speaker(db, name)}
        case "never-merge":
            return "never-merge", {"speakers": [number, await _one_speaker(db, name)]}
    raise _RefusedError("this is no kind of decision")


async def _one_speaker(db: Any, called: str) -> int:
    found = await speakers_called(db, called.strip())
    if len(found) == 1:
        return found[0]
    if not found:
        raise _RefusedError(f"there is no speaker called “{called}”")
    # One who bears exactly this name is meant, before others whose names only contain it.
    rows = await db.execute(
        "select id from speakers where name = ? and merged_into is null", [called.strip()]
    )
    if len(rows.rows) != 1:
        raise _RefusedError(
            f"several speakers are called “{called}”: give the number in the address of the right one"
        )
    return int(rows.rows[0]["id"])
