"""The counts that triggers keep are those that counting gives, whatever happens to the rows."""

from __future__ import annotations

import random

import pytest
from sqlite_utils import Database

from quotetrack.database.activity import MONTHS_COUNTED, SPEAKER_MONTHS_COUNTED
from quotetrack.database.schema import migrations

STATUSES = ("active", "active", "withdrawn", "rejected")
DATES = (None, "2021-01-02", "2021-02-03T04:05:06Z", "2022")
OUTLETS = ("The Courier", "Northern Wire", None)


class Rows:
    """Makes random changes that the writer, decisions or a person with SQL could make."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.db = Database(memory=True)
        migrations.apply(self.db)
        self.made = 0
        self.db["runs"].insert(
            {"id": 1, "program": "q", "version": "1", "models": "m", "settings": "{}", "started": "x"}
        )
        for number in range(4):
            name = f"S{number}"
            self.db["speakers"].insert({"id": number, "name": name, "found_name": name, "type": "person"})
        for number in range(6):
            self.db["articles"].insert(
                {"id": f"a{number}", "key": f"k{number}", "version": 1, "current": 1, "text": "t", "words": 1,
                 "source": "s", "added": "x", "outlet": self.chance.choice(OUTLETS)}
            )  # fmt: skip

    def change(self) -> None:
        makers = (
            self.add_quotation, self.attribute, self.attribute, self.redecide, self.set_status, self.set_date,
            self.set_outlet, self.delete, self.touch_article, self.touch_speaker,
        )  # fmt: skip
        self.chance.choice(makers)()

    def one(self, kind: str, number: int) -> str:
        return f"{kind}{self.chance.randrange(max(number, 1))}"

    def add_quotation(self) -> None:
        self.db.conn.execute(
            "insert into quotations values (?, ?, ?, ?, 't', 1, 'c', 1, ?, 1, ?, 1, null)",
            (f"q{self.made}", self.one("a", 6), self.made, self.made + 1, self.chance.choice(STATUSES),
             self.chance.choice(DATES)),
        )  # fmt: skip
        self.made += 1

    def attribute(self) -> None:
        if self.made:
            self.db.conn.execute(
                "insert into attributions (id, quotation, speaker, linked, position, name, rule, confidence, "
                "status, found, published) values (?, ?, ?, 1, 0, 'n', 'r', 1, ?, 1, ?)",
                (f"t{self.chance.random()}", self.one("q", self.made), self.chance.randrange(4),
                 self.chance.choice(STATUSES), self.chance.choice(DATES)),
            )  # fmt: skip

    def redecide(self) -> None:
        self.db.conn.execute(
            "update attributions set status = ?, speaker = ? where quotation = ?",
            (self.chance.choice(STATUSES), self.chance.randrange(4), self.one("q", self.made)),
        )

    def set_status(self) -> None:
        self.db.conn.execute(
            "update quotations set status = ? where id = ?",
            (self.chance.choice(STATUSES), self.one("q", self.made)),
        )

    def set_date(self) -> None:
        date, article = self.chance.choice(DATES), self.one("a", 6)
        for statement in (
            "update attributions set published = ? where quotation in "
            "(select id from quotations where article = ?)",
            "update quotations set published = ? where article = ?",
        ):
            self.db.conn.execute(statement, (date, article))

    def set_outlet(self) -> None:
        self.db.conn.execute(
            "update articles set outlet = ?, title = 'x' where id = ?",
            (self.chance.choice(OUTLETS), self.one("a", 6)),
        )

    def touch_article(self) -> None:
        self.db.conn.execute(
            "update articles set current = ? where id = ?", (self.chance.randrange(2), self.one("a", 6))
        )

    def touch_speaker(self) -> None:
        self.db.conn.execute(
            "update speakers set quotations = ? where id = ?",
            (self.chance.randrange(3), self.chance.randrange(4)),
        )

    def delete(self) -> None:
        self.db.conn.execute("delete from attributions where quotation = ?", (self.one("q", self.made),))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kept_counts_are_true_counts(seed: int) -> None:
    rows = Rows(seed)
    for step in range(600):
        rows.change()
        if step % 20 == 0:
            for table, counted in (("months", MONTHS_COUNTED), ("speaker_months", SPEAKER_MONTHS_COUNTED)):
                kept = sorted(tuple(row.values()) for row in rows.db[table].rows)
                assert kept == sorted(rows.db.execute(counted).fetchall()), (step, table)
            totals = dict(rows.db.execute("select what, number from totals").fetchall())
            for table, condition in (("articles", "current = 1"), ("speakers", "quotations > 0")):
                assert totals[table] == rows.db[table].count_where(condition), (step, table)
    assert rows.db["months"].count > 3
    assert rows.db["speaker_months"].count > 3
