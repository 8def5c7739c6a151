"""What an article costs to write as the database grows: 300 articles, databases of ever more quotations.

    python -m benchmarks.scale.ingest [--largest N] [--folder FOLDER]

The databases are made up (those of benchmarks/site, with speakers named as in benchmarks/scale/linking, an
eighth as many as quotations). The articles have 8 quotations each, four in five by a known speaker drawn by
Zipf's law, the others by a new one; a pattern stands for the extractor, since extraction does not know the
database. Prints the processor's time per article, which other programs on the machine disturb less than the
clock, once an ingest is under way: it begins with reading word lists and people's decisions. FOLDER keeps the
databases.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from unittest.mock import patch

from benchmarks.scale.linking import Names, name_keys
from benchmarks.site.run import make
from benchmarks.tables import table
from quotetrack.database import open_database
from quotetrack.ingest import BATCH_ITEMS, ingest
from quotetrack.records import Article, Attribution, Extraction, Quotation, Span, Speaker
from quotetrack.sources import Found

ARTICLES = 300
WARM_UP = BATCH_ITEMS
PER_ARTICLE = 8
KNOWN = 0.8

HEADS = ("quotations", "speakers", "ms of processor time without linking", "ms in all")

_SAID = re.compile(r"“([^”]*)” (said) (.+?)\.?$", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--largest", type=int, default=1_000_000, help="quotations in the largest database")
    parser.add_argument("--folder", type=Path, help="where to keep the databases")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp())
    rows = []
    size = 1_000
    while size <= arguments.largest:
        with patch("quotetrack.database.writer.settle"):
            unlinked = _measure(folder, size)
        rows.append((size, max(size // 8, 10), unlinked, _measure(folder, size)))
        size *= 10
    if arguments.folder is None:
        shutil.rmtree(folder)
    print()
    print(table("Writing one article", HEADS, rows))


def _measure(folder: Path, size: int) -> float:
    """Milliseconds of processor time per article."""
    kept, path = folder / f"{size}.db", folder / "work.db"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        make(kept, size)
        _name_speakers(kept)
    shutil.copy(kept, path)
    db = open_database(path)
    chance = random.Random(3)
    names = [name for (name,) in db.execute("select found_name from speakers order by id")]
    articles = list(_articles(chance, names, ARTICLES + WARM_UP))
    written: list[float] = []
    summary = ingest(db, articles, _extract, on_outcome=lambda outcome: written.append(time.process_time()))
    assert summary.added == len(articles), summary
    spent = written[-1] - written[WARM_UP - 1]
    db.close()
    for file in folder.glob("work.db*"):
        file.unlink()
    return 1000 * spent / ARTICLES


def _name_speakers(path: Path) -> None:
    """Give the speakers names as people have them, and the keys by which linking finds them."""
    db = open_database(path)
    with db.conn:
        (number,) = db.execute("select count(*) from speakers").fetchone()
        names = Names(random.Random(4), number).distinct(number)
        rows = [(name, speaker) for speaker, name in enumerate(names, start=1)]
        db.conn.executemany("update speakers set name = ?1, found_name = ?1 where id = ?2", rows)
        db.conn.executemany("update aliases set name = ? where linked = ?", rows)
        db.conn.executemany(
            "insert or ignore into speaker_keys (key, speaker) values (?, ?)", name_keys(names)
        )
    db.close()


def _articles(chance: random.Random, known: list[str], number: int) -> Iterator[Found]:
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(known))))
    new = Names(random.Random(5), len(known))
    for count in range(number):
        said = [
            f"“Quotation {place} of article {count}, in a few more words.” said "
            + (chance.choices(known, cum_weights=weights)[0] if chance.random() < KNOWN else new.draw())
            for place in range(PER_ARTICLE)
        ]
        article = Article(f"new {count}", "\n".join(said), outlet="Outlet 1", published="2024-05-01")
        yield Found(article.id, article)


def _extract(articles: Iterable[Article]) -> Iterator[Extraction]:
    for article in articles:
        quotations = tuple(
            Quotation(
                *match.span(1),
                match[1],
                True,
                0.9,
                (
                    Attribution(
                        Speaker(match[3], "person"), Span(*match.span(3)), Span(*match.span(2)), "said", 0.9
                    ),
                ),
            )
            for match in _SAID.finditer(article.text)
        )
        yield Extraction(article, quotations)


if __name__ == "__main__":
    main()
