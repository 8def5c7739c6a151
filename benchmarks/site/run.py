"""How long the site's pages take: a database with N quotations is made, then each page is asked for.

    python benchmarks/site/run.py [--quotations N] [--database FILE] [--rounds N]

The database is made up: words, speakers and outlets follow Zipf's law, as they do in newspapers, so the most
frequent word and the most quoted speaker are as heavy as real ones. FILE is kept and used again where it
exists. Prints the median and the 95th percentile of the time per page through Datasette's in-process client,
and of the processor's time in it, which tells more where other programs are busy. Ends with 1 where a page
is over the limit on the clock, but for one of Datasette's own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from datasette.app import Datasette

from quotetrack.database import open_database
from quotetrack.database.activity import MONTHS_COUNTED, SPEAKER_MONTHS_COUNTED

LIMIT_MS = 150
# Datasette counts every table as far as it gets in 5 ms, and asks whether it may be seen. Only our page of
# the tables leads there.
UNLIMITED = "Datasette's list of tables"

TABLES = (
    "quotes",
    "quotations",
    "attributions",
    "articles",
    "speakers",
    "aliases",
    "months",
    "speaker_months",
)
PER_ARTICLE = 8
LONGEST = 300  # quotations of the first article
DECISIONS = 10_000
REVIEWER = "eve"
SIGNED_IN = "signed in"
BATCH = 20_000
OUTLETS = 60
DAYS = 3_650
VOCABULARY = 30_000
ROOT = Path(__file__).parent.parent.parent


class Words:
    """Made-up words by Zipf's law."""

    def __init__(self, chance: random.Random, size: int) -> None:
        syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]
        self._chance = chance
        self.all = [
            "".join(chance.choices(syllables, k=1 + (rank > 100) + (rank > 5_000))) for rank in range(size)
        ]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(size)))

    def some(self, number: int) -> list[str]:
        return self._chance.choices(self.all, cum_weights=self._weights, k=number)


def make(path: Path, quotations: int) -> None:
    """A database with about `quotations` quotations, complete with its search indexes and counts."""
    db = open_database(path, create=True)
    triggers = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"drop trigger {name}")
    db.execute("pragma synchronous = off")
    chance = random.Random(1)
    words = Words(chance, VOCABULARY)
    speakers = max(quotations // 8, 10)
    names = [" ".join(words.some(2)).title() + f" {number}" for number in range(1, speakers + 1)]
    with db.conn:
        db.execute(
            "insert into runs values (1, 'quotetrack', '0', 'made up', '{}', '2024-01-01', '2024-01-01')"
        )
        db.conn.executemany(
            "insert into speakers (id, name, found_name, type) values (?, ?, ?, 'person')",
            ((number, name, name) for number, name in enumerate(names, start=1)),
        )
        db.conn.executemany(
            "insert into aliases (speaker, linked, name, source, articles) values (?, ?, ?, 'article', 1)",
            ((number, number, name) for number, name in enumerate(names, start=1)),
        )
    rows: tuple[list[tuple[Any, ...]], ...] = ([], [], [])
    for found in _articles(chance, words, names, quotations):
        for table, new in zip(rows, found, strict=True):
            table.extend(new)
        if len(rows[1]) >= BATCH:
            _insert(db, rows)
    _insert(db, rows)
    with db.conn:
        for table in ("articles_fts", "quotations_fts", "aliases_fts"):
            db.execute(f"insert into {table} ({table}) values ('rebuild')")  # noqa: S608
        db.execute("insert into months " + MONTHS_COUNTED)
        db.execute("insert into speaker_months " + SPEAKER_MONTHS_COUNTED)
        db.execute(
            """
            update speakers set quotations = counted.number, articles = counted.number from (
                select speaker, count(*) as number from attributions group by speaker
            ) as counted where counted.speaker = speakers.id
            """
        )
        db.execute("update totals set number = (select count(*) from articles) where what = 'articles'")
        db.execute(
            "update totals set number = (select count(*) from speakers where quotations > 0) "
            "where what = 'speakers'"
        )
        for _, sql in triggers:
            db.execute(sql)
        db.conn.executemany(
            'insert into decisions (uid, made, "by", why, kind, payload) values (?, ?, ?, ?, ?, ?)',
            (
                (
                    str(number),
                    "2024-01-01",
                    REVIEWER,
                    "",
                    "note",
                    json.dumps({"speaker": number + 1, "note": "…"}),
                )
                for number in range(min(DECISIONS, speakers))
            ),
        )
    db.close()


def _articles(
    chance: random.Random, words: Words, names: list[str], quotations: int
) -> Iterator[tuple[list[tuple[Any, ...]], ...]]:
    outlet_weights = list(accumulate(1 / (rank + 1) for rank in range(OUTLETS)))
    speaker_weights = list(accumulate(1 / (rank + 10) for rank in range(len(names))))
    made = number = 0
    while made < quotations:
        # A trial run need not have the longest article.
        several = LONGEST if not number and quotations > LONGEST else PER_ARTICLE
        key = f"{number:016x}"
        day = time.strftime("%Y-%m-%d", time.gmtime(86_400 * (16_436 + chance.randrange(DAYS))))
        outlet = f"Outlet {chance.choices(range(OUTLETS), cum_weights=outlet_weights)[0]}"
        article_words = words.some(several * 20)
        said = chance.choices(range(len(names)), cum_weights=speaker_weights, k=several)
        text, position = [], 0
        quoted, attributed = [], []
        for place in range(several):
            own = article_words[place * 20 : place * 20 + chance.randint(4, 20)]
            quotation = " ".join(own)
            name = names[said[place]]
            sentence = f"“{quotation},” said {name}.\n"
            start = position + 1
            end = start + len(quotation)
            quotation_id = f"{made + place:016x}"
            quoted.append((quotation_id, key, start, end, quotation, 1, sentence, 0.9, "active", 1, day, 1))
            # One in twenty has no known speaker.
            if chance.random() > 0.05:
                mention = end + 8
                attributed.append(
                    (
                        quotation_id, quotation_id, said[place] + 1, said[place] + 1, 0, name, name, mention,
                        mention + len(name), "said", end + 3, end + 7, "said-after", 0.9, "active", 1, day, 1,
                    )
                )  # fmt: skip
            text.append(sentence)
            position += len(sentence)
        title = " ".join(article_words[:6]).capitalize()
        article = (
            key, key, 1, 1, title, f"https://example.org/{key}", outlet, "A. Writer", day, int(day[:4]),
            "".join(text), 200, "made up", day,
        )  # fmt: skip
        yield [article], quoted, attributed
        made, number = made + several, number + 1


def _insert(db: Any, rows: tuple[list[tuple[Any, ...]], ...]) -> None:
    columns = (
        "articles",
        'quotations (id, article, start, "end", text, complete, context, confidence, status, found, '
        "published, run)",
        "attributions (id, quotation, speaker, linked, position, name, mention, mention_start, mention_end, "
        "cue, cue_start, cue_end, rule, confidence, status, found, published, run)",
    )
    with db.conn:
        for table, new in zip(columns, rows, strict=True):
            if new:
                marks = ", ".join("?" * len(new[0]))
                db.conn.executemany(f"insert into {table} values ({marks})", new)  # noqa: S608
            new.clear()


def addresses(path: Path, rounds: int) -> dict[str, list[str]]:
    """What is asked for, by the name of the page: `rounds` addresses each, the heaviest cases among them."""
    db = open_database(path)
    chance = random.Random(2)
    words = Words(random.Random(1), VOCABULARY)
    (quotations,) = db.execute("select max(rowid) from quotations").fetchone()
    speakers = [row[0] for row in db.execute("select id from speakers order by quotations desc limit 2000")]
    names = dict(tuple(row) for row in db.execute("select id, name from speakers").fetchall())
    (longest,) = db.execute(
        "select article from quotations group by 1 order by count(*) desc limit 1"
    ).fetchone()
    outlets = [row[0] for row in db.execute("select distinct outlet from months")]

    def quotation(column: str) -> str:
        row = chance.randint(1, quotations)
        return db.execute(f"select {column} from quotations where rowid = ?", [row]).fetchone()[0]  # noqa: S608

    def speaker() -> int:
        # Half of all visits are to the ten most quoted.
        return chance.choice(speakers[:10] if chance.random() < 0.5 else speakers)

    def search(**given: Any) -> str:
        return f"/-/search?{urlencode(given)}"

    pages: dict[str, Any] = {
        "home": lambda: "/-/home",
        "speaker": lambda: f"/-/speaker/{speaker()}",
        "speaker, a year": lambda: f"/-/speaker/{speaker()}?year={chance.randint(2015, 2024)}",
        "speaker, an outlet": lambda: (
            f"/-/speaker/{speaker()}?{urlencode({'outlet': chance.choice(outlets)})}"
        ),
        "speaker, a year and an outlet": lambda: (
            f"/-/speaker/{speaker()}?{urlencode({'outlet': chance.choice(outlets)})}&year=2019"
        ),
        "speaker, far back": lambda: f"/-/speaker/{speaker()}?after=2016-02-01~1",
        "article": lambda: f"/-/article/{quotation('article')}",
        f"article of {LONGEST} quotations": lambda: f"/-/article/{longest}",
        "quotation": lambda: f"/-/quotation/{quotation('id')}",
        "search, one word": lambda: search(q=words.some(1)[0]),
        "search, most frequent word": lambda: search(q=words.all[chance.randrange(5)]),
        "search, far back": lambda: search(
            q=words.all[chance.randrange(5)], after=f"~{chance.randint(100, 900)}"
        ),
        "search, two words": lambda: search(q=" ".join(words.some(2))),
        "search, best first": lambda: search(q=" ".join(words.some(2)), sort="best"),
        "search, phrase": lambda: search(q='"' + " ".join(quotation("text").split()[:3]) + '"'),
        "search, phrase and dates": lambda: search(
            q='"' + " ".join(quotation("text").split()[:2]) + '"', **{"from": "2018-03-05", "to": "2021"}
        ),
        "search, word and speaker": lambda: search(q=words.some(1)[0], speaker=speaker()),
        "search, name": lambda: search(speaker=names[speaker()].split()[0]),
        "search, outlet": lambda: search(outlet=chance.choice(outlets)),
        "search, word, outlet, year": lambda: search(
            q=words.some(1)[0], outlet=chance.choice(outlets), year=chance.randint(2015, 2024)
        ),
        "search, outlet, far back": lambda: search(outlet=chance.choice(outlets), after="2015-02-01~1"),
        "search, dates": lambda: search(**{"from": "2018-03-05", "to": "2018-04"}),
        "tables": lambda: "/-/tables",
        UNLIMITED: lambda: "",
        **{f"table {name}": lambda name=name: f"/{name}" for name in TABLES},
        "table quotes, a speaker's": lambda: f"/quotes?_sort_desc=published&speaker_id__exact={speaker()}",
        "table quotes, an article's": lambda: f"/quotes?article_id__exact={quotation('article')}&_sort=start",
        "row of a quotation": lambda: f"/quotations/{quotation('id')}",
        "row of an article": lambda: f"/articles/{quotation('article')}",
        "row of a speaker": lambda: f"/speakers/{speaker()}",
        f"{SIGNED_IN}, quotation": lambda: f"/-/quotation/{quotation('id')}",
        f"{SIGNED_IN}, speaker": lambda: f"/-/speaker/{speaker()}",
        f"{SIGNED_IN}, decisions": lambda: f"/-/decisions?until={chance.randint(100, DECISIONS)}",
        f"{SIGNED_IN}, decisions on a speaker": lambda: f"/-/decisions?speaker={speaker()}",
    }
    return {name: [make_address() for _ in range(rounds)] for name, make_address in pages.items()}


async def measure(path: Path, rounds: int) -> AsyncIterator[tuple[str, list[float], list[float]]]:
    """Each page with its milliseconds on the clock and of the processor, both sorted.

    Raises RuntimeError where a page cannot be had.
    """
    metadata = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    metadata["databases"][path.stem] = metadata["databases"].pop("quotes")
    # As quotetrack serve has it, but nothing is broken off.
    metadata["plugins"]["quotetrack"] = {"review": {"id": REVIEWER}}
    settings = {"suggest_facets": False, "sql_time_limit_ms": 60_000}
    site = Datasette([str(path)], metadata=metadata, settings=settings)
    signed_in = {"ds_actor": site.sign({"a": {"id": REVIEWER}}, "actor")}
    for name, asked in addresses(path, rounds).items():
        cookies = signed_in if name.startswith(SIGNED_IN) else {}
        await site.client.get(f"/{path.stem}{asked[0]}", cookies=cookies)
        clock, processor = [], []
        for address in asked:
            start, start_processor = time.perf_counter(), time.process_time()
            answer = await site.client.get(f"/{path.stem}{address}", cookies=cookies)
            clock.append(1_000 * (time.perf_counter() - start))
            processor.append(1_000 * (time.process_time() - start_processor))
            if answer.status_code != 200 or "takes too long" in answer.text:
                raise RuntimeError(f"{address} could not be had: {answer.status_code}")
        yield name, sorted(clock), sorted(processor)


async def show(path: Path, rounds: int) -> bool:
    """Print the table as it grows; returns whether all pages are fast enough."""
    print(f"{'milliseconds':<30}{'median':>9}{'p95':>9}{'processor':>12}{'p95':>9}")
    fast = True
    async for name, *times in measure(path, rounds):
        figures = [share(taken, part) for taken in times for part in (0.5, 0.95)]
        fast &= figures[1] <= LIMIT_MS or name == UNLIMITED
        print("{:<30}{:>9.0f}{:>9.0f}{:>12.0f}{:>9.0f}".format(name, *figures), flush=True)
    return fast


def share(times: list[float], part: float) -> float:
    return times[int(len(times) * part)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quotations", type=int, default=1_000_000)
    parser.add_argument("--database", type=Path, help="kept, and used again where it exists")
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.database or Path(folder) / "quotes.db"
        if not path.exists():
            start = time.perf_counter()
            make(path, arguments.quotations)
            print(
                f"made {arguments.quotations:,} quotations in {time.perf_counter() - start:.0f} s, "
                f"{path.stat().st_size / 2**20:,.0f} MiB\n"
            )
        return 0 if asyncio.run(show(path, arguments.rounds)) else 1


if __name__ == "__main__":
    sys.exit(main())
