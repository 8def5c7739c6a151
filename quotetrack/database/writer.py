"""From extractions to rows. Everything here runs inside a transaction that the caller opened."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from importlib.metadata import version
from typing import Any, Literal, cast

from sqlite_utils import Database

from quotetrack.database.clock import now
from quotetrack.database.context import context_of
from quotetrack.database.derive import derive_names, derive_quotations
from quotetrack.database.effects import Effects
from quotetrack.database.identity import article_id, attribution_id, quotation_id, short_hash
from quotetrack.database.keys import add_keys
from quotetrack.database.likeness import alike
from quotetrack.database.rows import insert_rows
from quotetrack.database.speakers import find_or_add, settle, weigh_again
from quotetrack.database.tally import tallied
from quotetrack.names import blocking_keys
from quotetrack.records import Article, Attribution, Extraction, Quotation, Speaker
from quotetrack.sources.address import plain_address

Status = Literal["added", "unchanged", "changed"]

METADATA = ("title", "url", "outlet", "author", "published")


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one article: its row's id, and in words what differed where it has `changed`."""

    article: str
    status: Status
    reason: str | None = None


class ExtractionError(Exception):
    """The extraction contradicts its article; the message says how."""


def start_run(db: Database, *, models: str, settings: dict[str, Any]) -> int:
    """Note the program, models and settings that the rows to come are made with; returns the run's id."""
    row = {
        "program": "quotetrack",
        "version": version("quotetrack"),
        "models": models,
        "settings": json.dumps(settings, sort_keys=True),
        "started": now(),
    }
    return cast(int, db.table("runs").insert(row).last_pk)


def finish_run(db: Database, run: int) -> None:
    db.table("runs").update(run, {"finished": now()})


def note_input(
    db: Database, source: str, outcome: str, reason: str | None, *, article: str | None, run: int | None
) -> None:
    """Account for an input: what came of it this time, in place of what came of it before."""
    moment = now()
    db.conn.execute(
        """
        insert into inputs (source, outcome, reason, article, run, first_seen, last_seen)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (source) do update set
            outcome = excluded.outcome,
            reason = excluded.reason,
            article = coalesce(excluded.article, article),
            run = coalesce(excluded.run, run),
            last_seen = excluded.last_seen
        """,
        (source, outcome, reason, article, run, moment, moment),
    )


def stored(db: Database, article: Article, source: str) -> Written | None:
    """What is to be done about `article`, if that is plain without extracting; None where it is not.

    A version that came from this very source before is unchanged, even if others have followed it: an archive
    may hold several versions of an article, and may be read again.
    """
    row = _current(db, article.id)
    if row is None:
        return None
    if row["text"] != article.text:
        before = _from_source(db, article, source)
        return Written(before, "unchanged") if before else None
    differing = _differing_metadata(row, article)
    if differing:
        return Written(row["id"], "changed", ", ".join(differing))
    return Written(row["id"], "unchanged")


def another_with_id(db: Database, article: Article) -> str | None:
    """The source of another article that goes by the id of `article`; None where it may be a version of it.

    It is another one where the texts have too little in common, unless both say that they are at one address.
    """
    row = _current(db, article.id)
    if row is None or alike(row["text"], article.text):
        return None
    if row["url"] and article.url and plain_address(row["url"]) == plain_address(article.url):
        return None
    return cast(str, row["source"])


def write_metadata(db: Database, article: Article, source: str) -> Written:
    """Bring title, outlet and so on of an article whose text is unchanged up to date."""
    outcome = stored(db, article, source)
    if outcome is None:
        raise ExtractionError(f"{article.id}: its text has changed meanwhile")
    if outcome.status == "changed":
        values = {name: value for name in METADATA if (value := getattr(article, name)) is not None}
        if "published" in values:
            values["year"] = _year(article)
            _move_date(db, outcome.article, article.published)
        _keep_title(db, outcome.article, article.title)
        db.table("articles").update(outcome.article, values)
    return outcome


def write(db: Database, effects: Effects, extraction: Extraction, *, run: int, source: str) -> Written:
    """Store an article and its quotations: a new article, or a new version where the text has changed."""
    article = extraction.article
    _check(extraction)
    if stored(db, article, source) is not None:
        return write_metadata(db, article, source)
    previous = _current(db, article.id)
    new_id = _new_id(db, article)
    touched = [new_id] if previous is None else [new_id, previous["id"]]
    met = _met_in(db, touched)
    linked, news = _link_all(db, extraction)
    with tallied(db, effects, touched):
        if previous is not None:
            db.table("articles").update(previous["id"], {"current": 0})
            derive_quotations(db, effects, _quotations_of(db, previous["id"]))
        row = {
            "id": new_id,
            "key": article.id,
            "version": 1 if previous is None else previous["version"] + 1,
            "current": 1,
            **{name: getattr(article, name) for name in METADATA},
            "year": _year(article),
            "text": article.text,
            "words": len(article.text.split()),
            "source": source,
            "added": now(),
        }
        insert_rows(db, "articles", [row])
        _note_sightings(db, new_id, extraction, linked)
        _write_quotations(db, effects, new_id, extraction, linked, run, new=True)
    _place(db, effects, met, set(linked.values()), news)
    return Written(new_id, "added" if previous is None else "changed", None if previous is None else "text")


def rewrite(db: Database, effects: Effects, stored_id: str, extraction: Extraction, *, run: int) -> None:
    """Put a newer extraction of a stored article version in place of the older one.

    Rows keep their ids; rows that did not change are left alone, with the run that made them.
    """
    _check(extraction)
    met = _met_in(db, [stored_id])
    linked, news = _link_all(db, extraction)
    with tallied(db, effects, [stored_id]):
        _note_sightings(db, stored_id, extraction, linked)
        _write_quotations(db, effects, stored_id, extraction, linked, run, new=False)
    _place(db, effects, met, set(linked.values()), news)


def _check(extraction: Extraction) -> None:
    text = extraction.article.text
    for quotation in extraction.quotations:
        if text[quotation.start : quotation.end] != quotation.text:
            raise ExtractionError(f"the quotation at {quotation.start} is not what the article says there")


def _current(db: Database, key: str) -> dict[str, Any] | None:
    return next(db.query("select * from articles where key = ? and current = 1", [key]), None)


def _from_source(db: Database, article: Article, source: str) -> str | None:
    row = db.conn.execute(
        """
        select articles.id from inputs join articles on articles.id = inputs.article
        where inputs.source = ? and articles.key = ? and articles.text = ?
        """,
        (source, article.id, article.text),
    ).fetchone()
    return row[0] if row else None


def _differing_metadata(row: dict[str, Any], article: Article) -> list[str]:
    return [
        name
        for name in METADATA
        if getattr(article, name) is not None and getattr(article, name) != row[name]
    ]


def _new_id(db: Database, article: Article) -> str:
    plain_id = article_id(article.id, article.text)
    if not db.conn.execute("select 1 from articles where id = ?", (plain_id,)).fetchone():
        return plain_id
    # The text has gone back to what an earlier version said: a version of its own all the same.
    (versions,) = db.conn.execute("select max(version) from articles where key = ?", (article.id,)).fetchone()
    return short_hash(plain_id, versions + 1)


def _year(article: Article) -> int | None:
    start = (article.published or "")[:4]
    return int(start) if len(start) == 4 and start.isdigit() else None


def _move_date(db: Database, article: str, published: str | None) -> None:
    quotations = "select id from quotations where article = ?"
    db.conn.execute(
        f"update attributions set published = ? where quotation in ({quotations})",  # noqa: S608
        (published, article),
    )
    db.conn.execute("update quotations set published = ? where article = ?", (published, article))


def _keep_title(db: Database, article: str, title: str | None) -> None:
    """Keep the title that `title` takes the place of."""
    db.conn.execute(
        "insert into former_titles (article, title, replaced) "
        "select id, title, ? from articles where id = ? and title != ?",
        (now(), article, title),
    )


def _quotations_of(db: Database, article: str) -> list[str]:
    return [row[0] for row in db.conn.execute("select id from quotations where article = ?", (article,))]


def _write_quotations(
    db: Database,
    effects: Effects,
    article: str,
    extraction: Extraction,
    linked: dict[tuple[str, str], int],
    run: int,
    *,
    new: bool,
) -> None:
    text = extraction.article.text
    (published,) = db.conn.execute("select published from articles where id = ?", (article,)).fetchone()
    found_quotations: dict[str, dict[str, Any]] = {}
    found_attributions: dict[str, dict[str, Any]] = {}
    for quotation in extraction.quotations:
        row_id = quotation_id(article, quotation.start, quotation.end)
        if row_id in found_quotations:
            continue
        found_quotations[row_id] = {**_quotation_row(article, text, quotation), "published": published}
        for position, attribution in enumerate(quotation.attributions):
            row = {
                **_attribution_row(row_id, text, attribution),
                "position": position,
                "linked": linked[_identity(attribution.speaker)],
                "published": published,
            }
            found_attributions.setdefault(attribution_id(row_id, attribution.speaker.name), row)
    old_quotations = _quotations_of(db, article)
    old_attributions = _attributions_of(db, article)
    _store(db, effects, "quotations", found_quotations, old_quotations, run)
    _store(db, effects, "attributions", found_attributions, old_attributions, run)
    decided = effects.attributed.keys() | effects.rejected.keys()
    # Rows of a new version are inserted as they should be unless a decision is about them.
    unsettled = (
        found_quotations.keys() & decided if new else dict.fromkeys([*old_quotations, *found_quotations])
    )
    derive_quotations(db, effects, unsettled)


def _attributions_of(db: Database, article: str) -> list[str]:
    rows = db.conn.execute(
        """
        select attributions.id from attributions join quotations on quotations.id = attributions.quotation
        where quotations.article = ? and attributions.run is not null
        """,
        (article,),
    )
    return [row[0] for row in rows]


def _store(
    db: Database,
    effects: Effects,
    table: str,
    found: dict[str, dict[str, Any]],
    old: list[str],
    run: int,
) -> None:
    """Insert what is new, update what differs, mark what is gone as not found; leave the rest as it is."""
    known = set(old)
    for row_id in known - found.keys():
        db.conn.execute(f"update {table} set found = 0 where id = ? and found = 1", (row_id,))  # noqa: S608
    new = []
    for row_id, values in found.items():
        values = {**values, "found": 1}
        if row_id not in known:
            row = {"id": row_id, **values, "status": "active", "run": run}
            if table == "attributions":
                row["speaker"] = effects.speaker(values["linked"], values["name"], values["quotation"])
            new.append(row)
        else:
            quoted = [f'"{column}"' for column in values]
            assignments = ", ".join(f"{column} = ?" for column in quoted)
            differs = " or ".join(f"{column} is not ?" for column in quoted)
            db.conn.execute(
                f"update {table} set {assignments}, run = ? where id = ? and ({differs})",  # noqa: S608
                [*values.values(), run, row_id, *values.values()],
            )
    insert_rows(db, table, new)


def _quotation_row(article: str, text: str, quotation: Quotation) -> dict[str, Any]:
    return {
        "article": article,
        "start": quotation.start,
        "end": quotation.end,
        "text": quotation.text,
        "complete": int(quotation.complete),
        "context": context_of(text, quotation.start, quotation.end),
        "confidence": quotation.confidence,
    }


def _attribution_row(quotation: str, text: str, attribution: Attribution) -> dict[str, Any]:
    row: dict[str, Any] = {"quotation": quotation, "name": attribution.speaker.name}
    for name, span in (("mention", attribution.mention), ("cue", attribution.cue)):
        start, end = astuple(span) if span else (None, None)
        row |= {name: text[start:end] if span else None, f"{name}_start": start, f"{name}_end": end}
    return row | {"rule": attribution.rule, "confidence": attribution.confidence}


def _identity(speaker: Speaker) -> tuple[str, str]:
    return speaker.name, speaker.type


def _speakers(extraction: Extraction) -> dict[tuple[str, str], Speaker]:
    return {
        _identity(attribution.speaker): attribution.speaker
        for quotation in extraction.quotations
        for attribution in quotation.attributions
    }


def _link_all(db: Database, extraction: Extraction) -> tuple[dict[tuple[str, str], int], set[int]]:
    """The row of every speaker in the article, by name and type; and the rows of which this tells more."""
    article = extraction.article
    before = _linked_before(db, article.id)
    linked: dict[tuple[str, str], int] = {}
    news: set[int] = set()
    for identity, speaker in _speakers(extraction).items():
        if identity in before:
            row, new = before[identity], False
        else:
            row, new = find_or_add(db, speaker, article.outlet)
        linked[identity] = row
        if new or _tells_more(db, row, speaker):
            news.add(row)
            names = (speaker.name, *speaker.aliases) if speaker.type != "unnamed" else ()
            add_keys(db, row, {key for name in names for key in blocking_keys(name, speaker.type).filed})
    return linked, news


def _tells_more(db: Database, row: int, speaker: Speaker) -> bool:
    """Whether a title or another name of `speaker` was not known of `row` yet."""
    execute = db.conn.execute
    titles = {title for (title,) in execute("select title from titles where linked = ?", (row,))}
    names = {name for (name,) in execute("select name from aliases where linked = ?", (row,))}
    return not titles.issuperset(speaker.titles) or not names.issuperset(speaker.aliases)


def _note_sightings(
    db: Database, article: str, extraction: Extraction, linked: dict[tuple[str, str], int]
) -> None:
    """Record under which names and titles each speaker was seen in the article."""
    sightings: set[tuple[str, int, str, str]] = set()
    for identity, speaker in _speakers(extraction).items():
        sightings.add((article, linked[identity], "name", speaker.name))
        sightings.update((article, linked[identity], "alias", alias) for alias in speaker.aliases)
        sightings.update((article, linked[identity], "title", title) for title in speaker.titles)
    db.conn.execute("delete from sightings where article = ?", (article,))
    db.conn.executemany(
        "insert into sightings (article, linked, kind, name) values (?, ?, ?, ?)", sorted(sightings)
    )


def _place(db: Database, effects: Effects, before: set[int], after: set[int], news: set[int]) -> None:
    """Place the speakers whom an article names after having named those `before`."""
    # Whom no article names any more keeps the name that people's decisions know them by.
    for speaker in sorted((before ^ after) & effects.chosen):
        derive_names(db, effects, speaker)
    settle(db, effects, news)
    weigh_again(db, effects, (before | after) - news)


def _met_in(db: Database, articles: list[str]) -> set[int]:
    """The rows of the speakers whom `articles` (ids) name."""
    marks = ",".join("?" * len(articles))
    rows = db.conn.execute(f"select linked from sightings where article in ({marks})", articles)  # noqa: S608
    return {linked for (linked,) in rows}


def _linked_before(db: Database, key: str) -> dict[tuple[str, str], int]:
    """How the speakers of this article, in this version or an earlier one, were linked: that stands."""
    rows = db.conn.execute(
        """
        select attributions.name, speakers.type, attributions.linked
        from attributions
        join quotations on quotations.id = attributions.quotation
        join articles on articles.id = quotations.article
        join speakers on speakers.id = attributions.linked
        where attributions.run is not null and articles.key = ?
        order by articles.version
        """,
        (key,),
    )
    return {(name, speaker_type): linked for name, speaker_type, linked in rows}
