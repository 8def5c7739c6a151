"""Checks that a database keeps its promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlite_utils import Database

# Rows whose words are not what their article says there. SQLite's substr counts characters from 1, as we do
# from 0.
_WRONG_WORDS = """
    select 'quotation ' || quotations.id || ': its words are not what its article says there' from
    quotations join articles on articles.id = quotations.article where substr(articles.text,
    quotations.start + 1, quotations."end" - quotations.start) is not quotations.text
"""
_WRONG_EVIDENCE = """
    select 'attribution ' || attributions.id || ': its {column} is not what its article says there'
    from attributions
    join quotations on quotations.id = attributions.quotation
    join articles on articles.id = quotations.article
    where {column} is not null
    and substr(articles.text, {column}_start + 1, {column}_end - {column}_start) is not {column}
"""
_WRONG_VERSIONS = """
    select 'article ' || key || ': ' || sum(current) || ' current versions, numbers up to ' || max(version)
    from articles group by key having sum(current) != 1 or max(version) != count(*)
"""
_WRONG_COUNTS = """
    select 'speaker ' || id || ': counts ' || quotations || ' quotations in ' || articles
        || ' articles where there are ' || really || ' in ' || really_articles
    from (
        select speakers.id, speakers.quotations, speakers.articles,
            count(distinct quotations.id) as really, count(distinct quotations.article) as really_articles
        from speakers
        left join attributions on attributions.speaker = speakers.id and attributions.status = 'active'
        left join quotations on quotations.id = attributions.quotation
        group by speakers.id
    )
    where quotations != really or articles != really_articles
"""
_WRONG_ALIASES = """
    select 'speaker ' || linked || ': counts its name ' || name || ' in ' || articles
        || ' articles where there are ' || really
    from (
        select linked, name, aliases.articles,
            (
                select count(distinct sightings.article)
                from sightings join articles on articles.id = sightings.article
                where sightings.linked = aliases.linked and sightings.name = aliases.name
                and sightings.kind != 'title' and articles.current
            ) as really
        from aliases where source = 'article'
    )
    where articles != really
"""


_CHECKS = (
    "select 'SQLite: ' || integrity_check from pragma_integrity_check where integrity_check != 'ok'",
    """select "table" || ': row ' || rowid || ' refers to a missing row of ' || parent
    from pragma_foreign_key_check""",
    _WRONG_WORDS,
    _WRONG_EVIDENCE.format(column="mention"),
    _WRONG_EVIDENCE.format(column="cue"),
    _WRONG_VERSIONS,
    _WRONG_COUNTS,
    _WRONG_ALIASES,
)


def verify(db: Database, steps: Callable[[Sequence[str]], Iterable[str]] = iter) -> list[str]:
    """What is wrong with `db`, a line each; an empty list where nothing is.

    The checks go through `steps`, which may show how far they are.
    """
    return [line for check in steps(_CHECKS) for (line,) in db.conn.execute(check)]
