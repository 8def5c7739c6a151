"""Decisions on the pages: who may make them, and that they are the same as all others."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette
from factories import article, extract_one
from sqlite_utils import Database

from quotetrack.database import decisions, open_database
from quotetrack.database.connection import writing
from quotetrack.database.writer import start_run, write
from quotetrack.site import decided, words

REVIEWERS = {"plugins": {"quotetrack": {"review": {"id": ["eve"]}}}}


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = open_database(tmp_path / "quotes.db", create=True)
    with writing(db):
        run = start_run(db, models="fake", settings={})
        one = article("“It rained,” said Ann Lee. “It poured,” said Bo Ray.")
        write(db, decisions.effects_in_force(db), extract_one(one), run=run, source="test")
    return db


Visit = Callable[["Visitor"], Coroutine[Any, Any, Any]]


class Visitor:
    """Somebody with a browser, signed in as `actor` or not at all."""

    def __init__(self, db: Database, metadata: dict[str, Any], actor: str | None) -> None:
        (path,) = [row[2] for row in db.execute("pragma database_list").fetchall()]
        self.site = Datasette([path], metadata=metadata)
        self.cookies = {"ds_actor": self.site.sign({"a": {"id": actor}}, "actor")} if actor else {}

    async def get(self, path: str) -> Any:
        answer = await self.site.client.get(path, cookies=self.cookies)
        self.cookies.update(answer.cookies)
        return answer

    async def post(self, path: str, form: dict[str, str], *, token: bool = True) -> Any:
        sent = {**form, "csrftoken": self.cookies.get("ds_csrftoken", "")} if token else form
        return await self.site.client.post(path, data=sent, cookies=self.cookies)


def visit(db: Database, actions: Visit, actor: str | None = "eve", metadata: Any = REVIEWERS) -> Any:
    return asyncio.run(actions(Visitor(db, metadata, actor)))


def quotation(db: Database, text: str) -> str:
    return next(db.query("select id from quotations where text = ?", [text]))["id"]


def speaker_names(db: Database, of: str) -> list[str]:
    return [row["speaker"] for row in db.query("select speaker from quotes where quotation_id = ?", [of])]


@pytest.mark.parametrize(
    ("actor", "metadata"), [(None, REVIEWERS), ("mallory", REVIEWERS), ("eve", {}), (None, {})]
)
def test_others_see_no_controls_and_are_refused(db: Database, actor: str | None, metadata: Any) -> None:
    one = quotation(db, "It rained,")

    async def actions(visitor: Visitor) -> None:
        for page in ("/", f"/quotes/-/quotation/{one}", "/quotes/-/speaker/1"):
            shown = (await visitor.get(page)).text
            assert "qt-review" not in shown
            assert "/-/decisions" not in shown
        answer = await visitor.get("/quotes/-/decisions")
        assert answer.status_code == 403
        assert "decided this" not in answer.text
        for kind in (f"quotation/{one}", "speaker/1", "decision/1"):
            path = f"/quotes/-/review/{kind}"
            answer = await visitor.post(path, {"decision": "not-a-quotation", "name": "X"})
            assert answer.status_code == 403
            assert "Only reviewers" in answer.text

    decisions.record(db, "note", {"speaker": 1, "note": "decided this"}, by="eve")
    visit(db, actions, actor, metadata)
    assert db["decisions"].count == 1


def test_a_reviewers_decision_counts_and_can_be_taken_back(db: Database) -> None:
    one = quotation(db, "It rained,")

    async def actions(visitor: Visitor) -> None:
        shown = (await visitor.get(f"/quotes/-/quotation/{one}")).text
        assert "Review this quotation" in shown
        assert "<dt>Confidence</dt>" in shown
        form = {"decision": "attribute", "speaker": "Bo Ray", "why": "it <says> so"}
        answer = await visitor.post(f"/quotes/-/review/quotation/{one}", form)
        assert answer.status_code == 302
        assert speaker_names(db, one) == ["Bo Ray"]
        shown = (await visitor.get(f"/quotes/-/quotation/{one}")).text
        assert "Decided by <bdi>eve</bdi>" in shown
        assert "it &lt;says&gt; so" in shown
        # A person decides; the program estimates.
        assert "<dt>Confidence</dt>" not in shown
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "undo"})
        assert speaker_names(db, one) == ["Ann Lee"]
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "not-told"})
        assert speaker_names(db, one) == [None]
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "undo"})
        await visitor.post("/quotes/-/review/speaker/1", {"decision": "merge", "name": "bo ray"})
        assert db["speakers"].get(1)["merged_into"] == 2

    visit(db, actions)
    assert [row["by"] for row in db["decisions"].rows] == ["eve"] * 5


EVIL = '"><script>alert(1)</script>\u202e{{ 7 * 7 }}'


@pytest.mark.parametrize("name", ["Cy Day", EVIL, "Ministry of Rain & Sons"])
def test_a_quotation_is_given_to_somebody_whom_the_database_did_not_have(db: Database, name: str) -> None:
    one = quotation(db, "It rained,")
    here = f"/quotes/-/quotation/{one}"

    async def actions(visitor: Visitor) -> None:
        await visitor.get(here)
        form = {"decision": "attribute", "speaker": f" {name} ;bo  ray", "why": EVIL}
        await visitor.post(f"/quotes/-/review/quotation/{one}", form)
        assert speaker_names(db, one) == ["Ann Lee"]
        await visitor.post(f"/quotes/-/review/quotation/{one}", {**form, "add": "yes"})
        assert sorted(speaker_names(db, one)) == sorted([name, "Bo Ray"])
        # The second time it is the same speaker, not another new one.
        await visitor.post(f"/quotes/-/review/quotation/{one}", {**form, "add": "yes"})
        assert db["speakers"].count == 3
        (new,) = [row["id"] for row in db["speakers"].rows_where("name = ?", [name])]
        found = f"/quotes/-/search?{urlencode({'speaker': name.casefold()})}"
        assert "1 quotation" in (await visitor.get(found)).text
        pages = (here, f"/quotes/-/speaker/{new}", "/quotes/-/decisions", found)
        for page in pages:
            shown = (await visitor.get(page)).text
            assert words.unturned(name) in html.unescape(shown), page
            assert "<script>alert" not in shown
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "undo"})
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "undo"})
        assert speaker_names(db, one) == ["Ann Lee"]

    visit(db, actions)


@pytest.mark.parametrize("other", ["99", "9" * 30, "x" * 100_000])
def test_nobody_new_is_made_where_another_name_is_wrong(db: Database, other: str) -> None:
    one = quotation(db, "It rained,")

    async def actions(visitor: Visitor) -> None:
        await visitor.get(f"/quotes/-/quotation/{one}")
        form = {"decision": "attribute", "speaker": f"Cy Day; {other}", "add": "yes"}
        answer = await visitor.post(f"/quotes/-/review/quotation/{one}", form)
        assert answer.status_code == 302
        assert speaker_names(db, one) == ["Ann Lee"]

    visit(db, actions)
    assert db["speakers"].count == 2


def test_any_decision_is_taken_back_and_put_in_force_again(db: Database) -> None:
    def name() -> str:
        return str(db["speakers"].get(1)["name"])

    async def actions(visitor: Visitor) -> None:
        await visitor.get("/quotes/-/speaker/1")
        await visitor.post("/quotes/-/review/speaker/1", {"decision": "rename", "name": EVIL, "why": EVIL})
        await visitor.post("/quotes/-/review/speaker/2", {"decision": "merge", "name": "1"})
        assert name() == EVIL
        shown = (await visitor.get("/quotes/-/decisions")).text
        assert "<script>alert" not in shown
        assert 'action="/quotes/-/review/decision/1"' in shown
        assert "is the same as" in shown
        assert 'href="/quotes/-/decisions"' in (await visitor.get("/")).text
        answer = await visitor.post("/quotes/-/review/decision/1?by=eve", {"why": "not <b>so</b>"})
        assert answer.headers["location"] == "/quotes/-/decisions?by=eve"
        visitor.cookies.update(answer.cookies)
        assert name() == "Ann Lee"
        shown = (await visitor.get("/quotes/-/decisions")).text
        assert "recorded, as number 3" in shown
        assert "Taken back" in shown
        assert "not &lt;b&gt;so" in shown
        # What is put in force again is the undo's undoing; the form names that one.
        assert 'action="/quotes/-/review/decision/3"' in shown
        visitor.cookies.update((await visitor.post("/quotes/-/review/decision/1", {})).cookies)
        assert "1 is undone already" in (await visitor.get("/quotes/-/decisions")).text
        await visitor.post("/quotes/-/review/decision/3", {})
        assert name() == EVIL
        assert "In force again" in (await visitor.get("/quotes/-/decisions")).text
        await visitor.post("/quotes/-/review/decision/2", {})
        assert db["speakers"].get(2)["merged_into"] is None

    visit(db, actions)


def test_decisions_are_found_by_who_made_them_and_whom_they_are_about(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decided, "PAGE", 2)
    one = quotation(db, "It rained,")
    for number in range(3):
        decisions.record(db, "note", {"speaker": 1, "note": f"about Lee {number}"}, by="adam")
    decisions.record(db, "attribute", {"quotation": one, "speakers": [2]}, by="eve")
    decisions.record(db, "never-merge", {"speakers": [1, 2]}, by="eve")

    async def actions(visitor: Visitor) -> None:
        async def shown(query: str) -> list[int]:
            page = (await visitor.get(f"/quotes/-/decisions{query}")).text
            return [int(number) for number in re.findall(r'id="d(\d+)"', page)]

        assert await shown("") == [5, 4]
        assert await shown("?until=3") == [3, 2]
        assert await shown("?until=1") == [1]
        assert await shown("?by=eve") == [5, 4]
        assert await shown("?by=adam&until=1") == [1]
        assert await shown("?speaker=2") == [5, 4]
        assert await shown("?speaker=1") == [5, 3]
        assert await shown(f"?quotation={one}") == [4]
        assert await shown("?speaker=<x>&until=²") == [5, 4]
        pages = (await visitor.get("/quotes/-/decisions?speaker=1")).text
        assert 'href="/quotes/-/decisions?speaker=1&amp;until=2"' in pages

    visit(db, actions)


def test_a_forged_form_is_refused(db: Database) -> None:
    one = quotation(db, "It rained,")
    decisions.record(db, "note", {"speaker": 1, "note": "kept"}, by="eve")

    async def actions(visitor: Visitor) -> None:
        await visitor.get(f"/quotes/-/quotation/{one}")
        form = {"decision": "not-a-quotation"}
        for kind in (f"quotation/{one}", "decision/1"):
            answer = await visitor.post(f"/quotes/-/review/{kind}", form, token=False)
            assert answer.status_code == 403

    visit(db, actions)
    assert db["decisions"].count == 1


def test_nonsense_changes_nothing_and_says_so(db: Database) -> None:
    one = quotation(db, "It rained,")

    async def actions(visitor: Visitor) -> None:
        await visitor.get(f"/quotes/-/quotation/{one}")
        for form in (
            {"decision": "attribute", "speaker": "Nobody Known"},
            {"decision": "attribute", "speaker": " ; "},
            {"decision": "attribute", "speaker": " ; ", "add": "yes"},
            # A part of a name could be anybody's.
            {"decision": "attribute", "speaker": "Lee"},
            {"decision": "explode"},
            {},
        ):
            answer = await visitor.post(f"/quotes/-/review/quotation/{one}", form)
            assert answer.status_code == 302
            visitor.cookies.update(answer.cookies)
            assert "Nothing was changed" in (await visitor.get(f"/quotes/-/quotation/{one}")).text

    visit(db, actions)
    assert db["decisions"].count == 0
