"""The tables, as numbered migrations. A migration that has been released is never edited: add another.

What the program found and what people decided are kept apart: the columns `linked`, `found_name` and
`found` hold the former; `speaker`, `name`, `merged_into`, `status` and `decision` hold the outcome of both,
and are derived again whenever a decision is made.

`status` of quotations and attributions is 'active', 'superseded' (of an older version of the article),
'withdrawn' (a later run no longer finds it) or 'rejected' (by a person).
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from quotetrack.database.activity import create_activity

migrations = Migrations("quotetrack")

# Diacritics do not matter to a search: "Guterres" finds "Gutérres".
TOKENISER = "unicode61 remove_diacritics 2"


@migrations()
def m001_articles(db: Database) -> None:
    """Runs, articles by version, and an account of every input."""
    db.table("runs").create(
        {
            "id": int,
            "program": str,
            "version": str,
            "models": str,
            "settings": str,
            "started": str,
            "finished": str,
        },
        pk="id",
        not_null={"program", "version", "models", "settings", "started"},
    )
    db.table("articles").create(
        {
            "id": str,
            "key": str,
            "version": int,
            "current": int,
            "title": str,
            "url": str,
            "outlet": str,
            "author": str,
            "published": str,
            "year": int,
            "text": str,
            "words": int,
            "source": str,
            "added": str,
        },
        pk="id",
        not_null={"id", "key", "version", "current", "text", "words", "source", "added"},
    )
    db.table("articles").create_index(["key", "version"], unique=True)
    db.table("articles").create_index(["outlet"])
    db.table("articles").create_index(["published"])
    db.table("articles").create_index(["year"])
    db.table("articles").enable_fts(["title", "text"], create_triggers=True, tokenize=TOKENISER)
    db.table("inputs").create(
        {
            "source": str,
            "outcome": str,
            "reason": str,
            "article": str,
            "run": int,
            "first_seen": str,
            "last_seen": str,
        },
        pk="source",
        not_null={"source", "outcome", "first_seen", "last_seen"},
        foreign_keys=[("article", "articles", "id"), ("run", "runs", "id")],
    )
    db.table("inputs").create_index(["article"])
    db.table("inputs").create_index(["outcome"])


@migrations()
def m002_quotations(db: Database) -> None:
    """Speakers, quotations and who said them."""
    db.table("speakers").create(
        {
            "id": int,
            "name": str,
            "found_name": str,
            "type": str,
            "description": str,
            "note": str,
            "quotations": int,
            "articles": int,
            "merged_into": int,
        },
        pk="id",
        not_null={"name", "found_name", "type", "quotations", "articles"},
        defaults={"quotations": 0, "articles": 0},
        foreign_keys=[("merged_into", "speakers", "id")],
    )
    db.table("speakers").create_index(["name"])
    db.table("speakers").create_index(["quotations"])
    db.table("speakers").create_index(["merged_into"])
    db.table("aliases").create(
        {"id": int, "speaker": int, "linked": int, "name": str, "source": str, "articles": int},
        pk="id",
        not_null={"speaker", "linked", "name", "source", "articles"},
        foreign_keys=[("speaker", "speakers", "id"), ("linked", "speakers", "id")],
    )
    db.table("aliases").create_index(["linked", "name", "source"], unique=True)
    db.table("aliases").create_index(["speaker"])
    db.table("titles").create(
        {"id": int, "speaker": int, "linked": int, "title": str, "articles": int},
        pk="id",
        not_null={"speaker", "linked", "title", "articles"},
        foreign_keys=[("speaker", "speakers", "id"), ("linked", "speakers", "id")],
    )
    db.table("titles").create_index(["linked", "title"], unique=True)
    db.table("titles").create_index(["speaker"])
    db.table("sightings").create(
        {"article": str, "linked": int, "kind": str, "name": str},
        pk=("article", "linked", "kind", "name"),
        foreign_keys=[("article", "articles", "id"), ("linked", "speakers", "id")],
    )
    db.table("sightings").create_index(["linked"])
    db.table("speaker_keys").create(
        {"key": str, "speaker": int},
        pk=("key", "speaker"),
        foreign_keys=[("speaker", "speakers", "id")],
    )
    db.table("speaker_keys").create_index(["speaker"])
    db.table("identifiers").create(
        {"speaker": int, "scheme": str, "value": str},
        pk=("speaker", "scheme", "value"),
        foreign_keys=[("speaker", "speakers", "id")],
    )
    db.table("suggestions").create(
        {"speaker_a": int, "speaker_b": int, "score": float, "reasons": str},
        pk=("speaker_a", "speaker_b"),
        not_null={"score", "reasons"},
        foreign_keys=[("speaker_a", "speakers", "id"), ("speaker_b", "speakers", "id")],
    )
    db.table("suggestions").create_index(["speaker_b"])
    db.table("suggestions").create_index(["score"])
    db.table("decisions").create(
        {
            "id": int,
            "uid": str,
            "made": str,
            "by": str,
            "why": str,
            "kind": str,
            "payload": str,
            "undoes": int,
        },
        pk="id",
        not_null={"uid", "made", "by", "why", "kind", "payload"},
        foreign_keys=[("undoes", "decisions", "id")],
    )
    db.table("decisions").create_index(["uid"], unique=True)
    db.table("decisions").create_index(["undoes"], unique=True)
    for verb in ("update", "delete"):
        db.execute(
            f"create trigger decisions_no_{verb} before {verb} on decisions "
            "begin select raise(abort, 'decisions are never changed: record another that undoes it'); end"
        )
    db.table("quotations").create(
        {
            "id": str,
            "article": str,
            "start": int,
            "end": int,
            "text": str,
            "complete": int,
            "context": str,
            "confidence": float,
            "status": str,
            "found": int,
            "published": str,
            "run": int,
            "decision": int,
        },
        pk="id",
        not_null={
            "id", "article", "start", "end", "text", "complete", "context", "confidence", "status", "found",
            "run",
        },
        foreign_keys=[("article", "articles", "id"), ("run", "runs", "id"), ("decision", "decisions", "id")],
    )  # fmt: skip
    db.table("quotations").create_index(["article", "start", "end"], unique=True)
    db.table("quotations").create_index(["status", "published"])
    db.table("quotations").create_index(["run"])
    db.table("quotations").enable_fts(["text"], create_triggers=True, tokenize=TOKENISER)
    db.table("attributions").create(
        {
            "id": str,
            "quotation": str,
            "speaker": int,
            "linked": int,
            "position": int,
            "name": str,
            "mention": str,
            "mention_start": int,
            "mention_end": int,
            "cue": str,
            "cue_start": int,
            "cue_end": int,
            "rule": str,
            "confidence": float,
            "status": str,
            "found": int,
            "published": str,
            "run": int,
            "decision": int,
        },
        pk="id",
        not_null={
            "id",
            "quotation",
            "speaker",
            "linked",
            "position",
            "name",
            "rule",
            "confidence",
            "status",
            "found",
        },
        foreign_keys=[
            ("quotation", "quotations", "id"),
            ("speaker", "speakers", "id"),
            ("linked", "speakers", "id"),
            ("run", "runs", "id"),
            ("decision", "decisions", "id"),
        ],
    )
    db.table("attributions").create_index(["quotation"])
    db.table("attributions").create_index(["speaker", "status", "published"])
    db.table("attributions").create_index(["linked"])
    db.table("attributions").create_index(["confidence"])
    db.table("attributions").create_index(["run"])
    db.table("attributions").create_index(["decision"])


@migrations()
def m003_quotes_view(db: Database) -> None:
    """The flat view for browsing and export: a row for a quotation and one of its speakers."""
    db.create_view(
        "quotes",
        """
        select
            quotations.text as quotation,
            speakers.name as speaker,
            speakers.type as speaker_type,
            attributions.mention,
            attributions.cue,
            attributions.rule,
            coalesce(attributions.confidence, quotations.confidence) as confidence,
            articles.title,
            articles.outlet,
            articles.author,
            quotations.published,
            articles.year,
            articles.url,
            quotations.start,
            quotations."end",
            quotations.complete,
            quotations.context,
            quotations.id as quotation_id,
            attributions.speaker as speaker_id,
            (
                select group_concat(identifiers.scheme || ':' || identifiers.value)
                from speakers as same join identifiers on identifiers.speaker = same.id
                where same.id = attributions.speaker or same.merged_into = attributions.speaker
            ) as identifiers,
            articles.id as article_id,
            attributions.mention_start,
            attributions.mention_end,
            attributions.cue_start,
            attributions.cue_end,
            quotations.run
        from quotations
        join articles on articles.id = quotations.article
        left join attributions on attributions.quotation = quotations.id and attributions.status = 'active'
        left join speakers on speakers.id = attributions.speaker
        where quotations.status = 'active'
        """,
    )


@migrations()
def m004_reading(db: Database) -> None:
    """What keeps the pages fast: counts by month, search over names, an outlet's articles in order."""
    create_activity(db)
    db.table("aliases").enable_fts(["name"], create_triggers=True, tokenize=TOKENISER)
    db.table("articles").create_index(["outlet", "published"])
    # Finds the same words quoted elsewhere; their beginnings are enough to look up.
    beginning = "lower(rtrim(substr(text, 1, 40), ' ,.;:!?…'))"
    db.execute(f"create index idx_quotations_beginning on quotations ({beginning})")


@migrations()
def m005_links(db: Database) -> None:
    """Which names the program takes for one speaker's: laid under what people decide."""
    db.table("links").create(
        {"speaker": int, "same_as": int, "score": float, "reasons": str},
        pk="speaker",
        not_null={"same_as", "score", "reasons"},
        foreign_keys=[("speaker", "speakers", "id"), ("same_as", "speakers", "id")],
    )
    db.table("links").create_index(["same_as"])


@migrations()
def m006_identifiers(db: Database) -> None:
    """An identifier goes along with the speaker it was given to, when that one turns out to be another."""
    rows = list(db.query("select speaker, speaker as linked, scheme, value from identifiers"))
    db.table("identifiers").drop()
    db.table("identifiers").create(
        {"id": int, "speaker": int, "linked": int, "scheme": str, "value": str},
        pk="id",
        not_null={"speaker", "linked", "scheme", "value"},
        foreign_keys=[("speaker", "speakers", "id"), ("linked", "speakers", "id")],
    )
    db.table("identifiers").create_index(["linked", "scheme", "value"], unique=True)
    db.table("identifiers").create_index(["speaker"])
    db.table("identifiers").insert_all(rows)


@migrations()
def m007_keys_of_two_words(db: Database) -> None:
    """Names are filed under two of their words, so that finding like ones costs the same in any size.

    Without row ids each key stands in the table once, and not in an index of it as well.
    """
    from quotetrack.database.keys import write_keys

    identities = list(db.execute("select key, speaker from speaker_keys where key like 'n:%'"))
    db.table("speaker_keys").drop()
    db.execute(
        "create table speaker_keys (key text, speaker integer references speakers(id), "
        "primary key (key, speaker)) without rowid"
    )
    db.table("speaker_keys").create_index(["speaker"])
    db.conn.executemany("insert into speaker_keys (key, speaker) values (?, ?)", identities)
    for (speaker,) in db.execute("select id from speakers").fetchall():
        write_keys(db, speaker)


@migrations()
def m008_former_titles(db: Database) -> None:
    """What an article was called before its title was changed and its text was not."""
    db.table("former_titles").create(
        {"id": int, "article": str, "title": str, "replaced": str},
        pk="id",
        not_null={"article", "title", "replaced"},
        foreign_keys=[("article", "articles", "id")],
    )
    db.table("former_titles").create_index(["article"])
