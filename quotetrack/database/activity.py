"""Counts that triggers keep: of quotations by month and outlet, all and each speaker's, and of whole tables.

Pages and charts read these instead of counting a million rows. Triggers keep them, so they are right whatever
wrote the rows, and within the same transaction.

A quotation counts while its status is 'active', in the month of its own `published`; it is unattributed
while it has no active attribution. A speaker's quotation counts once, however many active attributions tie
the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

_MONTH = "substr(coalesce({row}.published, ''), 1, 7)"
_OUTLET = "coalesce((select outlet from articles where id = {article}), '')"


def create_activity(db: Database) -> None:
    """Make the tables `months`, `speaker_months` and `totals`, fill them, and set their triggers."""
    db.table("months").create(
        {"month": str, "outlet": str, "quotations": int, "unattributed": int},
        pk=("month", "outlet"),
        not_null={"quotations", "unattributed"},
    )
    db.table("speaker_months").create(
        {"speaker": int, "month": str, "outlet": str, "quotations": int},
        pk=("speaker", "month", "outlet"),
        not_null={"quotations"},
        foreign_keys=[("speaker", "speakers", "id")],
    )
    db.table("speaker_months").create_index(["month"])
    db.table("totals").create({"what": str, "number": int}, pk="what", not_null={"number"})
    for statement in (*_FILL, *_triggers()):
        db.conn.execute(statement)


MONTHS_COUNTED = """
    select substr(coalesce(quotations.published, ''), 1, 7) as month, coalesce(articles.outlet, '') as outlet,
        count(*) as quotations,
        sum(not exists (
            select 1 from attributions
            where attributions.quotation = quotations.id and attributions.status = 'active'
        )) as unattributed
    from quotations join articles on articles.id = quotations.article
    where quotations.status = 'active' group by 1, 2
"""
SPEAKER_MONTHS_COUNTED = """
    select attributions.speaker, substr(coalesce(attributions.published, ''), 1, 7) as month,
        coalesce(articles.outlet, '') as outlet, count(distinct attributions.quotation) as quotations
    from attributions join quotations on quotations.id = attributions.quotation
    join articles on articles.id = quotations.article
    where attributions.status = 'active' group by 1, 2, 3
"""
# What counts in a table as a whole: articles in their current version, speakers who are quoted.
_COUNTED = {"articles": "current = 1", "speakers": "quotations > 0"}
_FILL = (
    f"insert into months {MONTHS_COUNTED}",
    f"insert into speaker_months {SPEAKER_MONTHS_COUNTED}",
    *(
        f"insert into totals select '{table}', count(*) from {table} where {condition}"  # noqa: S608
        for table, condition in _COUNTED.items()
    ),
)


def _count(row: str, change: str) -> str:
    """Statements that add a quotation (`row` is "old" or "new") to its month, or take it away."""
    key = f"month = {_MONTH.format(row=row)} and outlet = {_OUTLET.format(article=row + '.article')}"
    unattributed = f"not exists (select 1 from attributions where quotation = {row}.id and status = 'active')"  # noqa: S608
    return f"""
        insert into months
            select {_MONTH.format(row=row)}, {_OUTLET.format(article=row + ".article")}, 0, 0
            where {row}.status = 'active' and not exists (select 1 from months where {key});
        update months
            set quotations = quotations {change}, unattributed = unattributed {change} * ({unattributed})
            where {key} and {row}.status = 'active';
        delete from months where {key} and quotations = 0;
    """  # noqa: S608


def _count_speaker(row: str, change: str) -> str:
    """Statements that add an attribution to its speaker's month, or take it away."""
    article = f"(select article from quotations where id = {row}.quotation)"  # noqa: S608
    key = f"""speaker = {row}.speaker and month = {_MONTH.format(row=row)}
        and outlet = {_OUTLET.format(article=article)}"""
    other = f"""select 1 from attributions as other where other.quotation = {row}.quotation
        and other.status = 'active' and other.id != {row}.id"""  # noqa: S608
    counts = f"""{row}.status = 'active' and not exists ({other}
        and other.speaker = {row}.speaker and other.published is {row}.published)"""
    # An active quotation's first active attribution ends its being unattributed, its last one restores it.
    opposite = "- 1" if change == "+ 1" else "+ 1"
    return f"""
        insert into speaker_months
            select {row}.speaker, {_MONTH.format(row=row)}, {_OUTLET.format(article=article)}, 0
            where {counts} and not exists (select 1 from speaker_months where {key});
        update speaker_months set quotations = quotations {change} where {key} and {counts};
        delete from speaker_months where {key} and quotations = 0;
        update months set unattributed = unattributed {opposite}
            where {row}.status = 'active' and not exists ({other}) and (month, outlet) = (
                select {_MONTH.format(row="quotations")}, {_OUTLET.format(article="quotations.article")}
                from quotations where id = {row}.quotation and status = 'active'
            );
    """  # noqa: S608


def _triggers() -> Iterator[str]:
    for table, count, columns in (
        ("quotations", _count, "status, published"),
        ("attributions", _count_speaker, "status, published, speaker"),
    ):
        leave, enter = count("old", "- 1"), count("new", "+ 1")
        yield f"create trigger {table}_counted_in after insert on {table} begin {enter} end"
        yield f"create trigger {table}_counted_out after delete on {table} begin {leave} end"
        # One trigger for both, since SQLite promises no order among several.
        both = f"after update of {columns} on {table} begin {leave} {enter} end"
        yield f"create trigger {table}_counted_anew {both}"
    # An article whose outlet is corrected takes its quotations along: out before, in again after.
    for moment, old, new in (("before", "active", "moving"), ("after", "moving", "active")):
        yield f"""create trigger articles_counted_{moment} {moment} update of outlet on articles
            when old.outlet is not new.outlet begin
                update quotations set status = '{new}' where article = old.id and status = '{old}';
                update attributions set status = '{new}' where status = '{old}'
                    and quotation in (select id from quotations where article = old.id);
            end"""  # noqa: S608
    for table, condition in _COUNTED.items():
        column = condition.split()[0]
        for event, change in (
            ("insert", f"+ (new.{condition})"),
            ("delete", f"- (old.{condition})"),
            (f"update of {column}", f"+ (new.{condition}) - (old.{condition})"),
        ):
            yield f"""create trigger {table}_total_{event.split()[0]} after {event} on {table}
                begin update totals set number = number {change} where what = '{table}'; end"""  # noqa: S608
