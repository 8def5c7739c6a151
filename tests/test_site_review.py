"""Decisions on the pages: who may make them, and that they are the same as all others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from factories import article, extract_one
from sqlite_utils import Database

from quotetrack.database import decisions, open_database
from quotetrack.database.connection import writing
from quotetrack.database.writer import start_run, write

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
        for page in (f"/quotes/-/quotation/{one}", "/quotes/-/speaker/1"):
            assert "qt-review" not in (await visitor.get(page)).text
        for path in (f"/quotes/-/review/quotation/{one}", "/quotes/-/review/speaker/1"):
            answer = await visitor.post(path, {"decision": "not-a-quotation", "name": "X"})
            assert answer.status_code == 403
            assert "Only reviewers" in answer.text

    visit(db, actions, actor, metadata)
    assert db["decisions"].count == 0


def test_a_reviewers_decision_counts_and_can_be_taken_back(db: Database) -> None:
    one = quotation(db, "It rained,")

    async def actions(visitor: Visitor) -> None:
        assert "Review this quotation" in (await visitor.get(f"/quotes/-/quotation/{one}")).text
        form = {"decision": "attribute", "speaker": "Bo Ray", "why": "it <says> so"}
        answer = await visitor.post(f"/quotes/-/review/quotation/{one}", form)
        assert answer.status_code == 302
        assert speaker_names(db, one) == ["Bo Ray"]
        shown = (await visitor.get(f"/quotes/-/quotation/{one}")).text
        assert "Decided by eve" in shown
        assert "it &lt;says&gt; so" in shown
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "undo"})
        assert speaker_names(db, one) == ["Ann Lee"]
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "not-told"})
        assert speaker_names(db, one) == [None]
        await visitor.post(f"/quotes/-/review/quotation/{one}", {"decision": "undo"})
        await visitor.post("/quotes/-/review/speaker/1", {"decision": "merge", "name": "bo ray"})
        assert db["speakers"].get(1)["merged_into"] == 2

    visit(db, actions)
    assert [row["by"] for row in db["decisions"].rows] == ["eve"] * 5


def test_a_forged_form_is_refused(db: Database) -> None:
    one = quotation(db, "It rained,")

    async def actions(visitor: Visitor) -> None:
        await visitor.get(f"/quotes/-/quotation/{one}")
        form = {"decision": "not-a-quotation"}
        answer = await visitor.post(f"/quotes/-/review/quotation/{one}", form, token=False)
        assert answer.status_code == 403

    visit(db, actions)
    assert db["decisions"].count == 0


def test_nonsense_changes_nothing_and_says_so(db: Database) -> None:
    one = quotation(db, "It rained,")

    async def actions(visitor: Visitor) -> None:
        await visitor.get(f"/quotes/-/quotation/{one}")
        for form in (
            {"decision": "attribute", "speaker": "Nobody Known"},
            {"decision": "attribute", "speaker": " ; "},
            {"decision": "explode"},
            {},
        ):
            answer = await visitor.post(f"/quotes/-/review/quotation/{one}", form)
            assert answer.status_code == 302
            visitor.cookies.update(answer.cookies)
            assert "Nothing was changed" in (await visitor.get(f"/quotes/-/quotation/{one}")).text

    visit(db, actions)
    assert db["decisions"].count == 0
