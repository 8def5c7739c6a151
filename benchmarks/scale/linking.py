"""What linking the speakers of an article costs with ever more speakers in the database.

    python -m benchmarks.scale.linking [--sizes 1000 10000 100000]

Names are made up from given names and surnames as unevenly spread as real ones; the articles that are timed
quote known people under the same and other spellings, bare surnames, and people who are new. They are linked
by a program that remembers the names it has met, and again by one that forgets them before each article.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import accumulate

from sqlite_utils import Database

from quotetrack.database import open_database
from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.speakers import find_or_add, settle
from quotetrack.names import facts
from quotetrack.records import Speaker
from quotetrack.speakers.identity import identity_keys
from quotetrack.speakers.linking import KnownSpeaker, keys

SIZES = (1_000, 10_000, 100_000)
# The first articles are not timed: lists of names are read for them.
WARM_UP = 20
ARTICLES = 200
SPEAKERS = 4
SEED = 20211108
_ONSETS = "b br ch d dr f g gr h j k kh kr l m n p r s sh st t tr v w y z".split()
_RIMES = "a an ar e el en er i in ir o ol on or u ul un ur ai au ei".split()
_ENDINGS = "son man ov ski ez ini i er ic yan oglu wala li da sen berg ton o ki".split()


class Names:
    """Draws names; the n-th commonest is drawn 1/n as often as the commonest (Zipf)."""

    def __init__(self, rng: random.Random, size: int) -> None:
        self._rng = rng
        self._given = sorted(facts.given_names())
        rng.shuffle(self._given)
        made: dict[str, None] = {name.capitalize(): None for name in sorted(facts.surnames())}
        while len(made) < max(2_000, size // 8):
            syllables = "".join(rng.choice(_ONSETS) + rng.choice(_RIMES) for _ in range(rng.randint(1, 2)))
            made.setdefault((syllables + rng.choice(_ENDINGS)).capitalize())
        self._surnames = list(made)
        rng.shuffle(self._surnames)
        self._weights = [
            list(accumulate(1 / n for n in range(1, len(names) + 1))) for names in (self._given, made)
        ]

    def draw(self) -> str:
        (given,) = self._rng.choices(self._given, cum_weights=self._weights[0])
        (surname,) = self._rng.choices(self._surnames, cum_weights=self._weights[1])
        initial = f" {self._rng.choice('ABCDEFGHJKLMNPRSTW')}." if self._rng.random() < 0.2 else ""
        return f"{given.capitalize()}{initial} {surname}"

    def distinct(self, number: int) -> list[str]:
        drawn: dict[str, None] = {}
        while len(drawn) < number:
            drawn.setdefault(self.draw())
        return list(drawn)


def fill(db: Database, names: Names, size: int) -> list[str]:
    """Rows and keys of `size` speakers, as the writer makes them; returns their names."""
    drawn = names.distinct(size)
    with writing(db):
        db.conn.executemany(
            "insert into speakers (id, name, found_name, type) values (?, ?, ?, 'person')",
            ((number, name, name) for number, name in enumerate(drawn, start=1)),
        )
        db.conn.executemany(
            "insert or ignore into speaker_keys (key, speaker) values (?, ?)", name_keys(drawn)
        )
    db.execute("analyze")
    return drawn


def name_keys(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The keys by which linking finds the speakers of these names, numbered from 1."""
    for number, name in enumerate(names, start=1):
        found = keys(KnownSpeaker(number, name, "person")).filed
        found |= identity_keys(Speaker(name, "person"), None)
        yield from ((key, number) for key in sorted(found))


def article(rng: random.Random, names: Names, known: list[str]) -> list[Speaker]:
    """Somebody known, the same under a bare surname or an initial, and somebody new."""
    speakers = [rng.choice(known), rng.choice(known).split()[-1], names.draw()]
    given, *_, surname = rng.choice(known).split()
    speakers.append(f"{given[0]}. {surname}")
    return [Speaker(name, "person") for name in speakers[:SPEAKERS]]


def measure(size: int) -> tuple[float, list[float], list[float]]:
    """Seconds to fill the database; milliseconds to link each article, and each when all is forgotten."""
    rng = random.Random(SEED)
    names = Names(rng, size)
    db = open_database(":memory:", create=True)
    started = time.process_time()
    known = fill(db, names, size)
    filled = time.process_time() - started
    articles = [article(rng, names, known) for _ in range(WARM_UP + ARTICLES)]
    copy = open_database(":memory:", create=True)
    db.conn.backup(copy.conn)
    # The names drawn are no part of the program, which would else look through them for garbage.
    gc.freeze()
    return filled, _link(db, articles, forget=False), _link(copy, articles, forget=True)


def _link(db: Database, articles: list[list[Speaker]], forget: bool) -> list[float]:
    effects = effects_in_force(db)
    took = []
    for speakers in articles:
        if forget:
            _forget()
        started = time.process_time()
        with writing(db):
            rows = [find_or_add(db, speaker, None) for speaker in speakers]
            settle(db, effects, [row for row, new in rows if new])
        took.append(1000 * (time.process_time() - started))
    return took[WARM_UP:]


def _forget() -> None:
    """Empty the memories of names; what has been read from word lists stays."""
    for name, module in list(sys.modules.items()):
        if name.startswith("quotetrack."):
            for found in vars(module).values():
                if hasattr(found, "cache_parameters") and found.cache_parameters()["maxsize"]:
                    found.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    print(f"Processor time to link the {SPEAKERS} speakers of an article, {ARTICLES} articles\n")
    print("The last three columns but one: when all names are forgotten before each article.\n")
    heads = ("speakers", *("median", "mean", "95 % within") * 2, "filling")
    print(f"| {' | '.join(heads)} |\n|{'---:|' * len(heads)}")
    for size in sizes:
        filled, took, anew = measure(size)
        times = " | ".join(
            f"{statistics.median(times):.1f} ms | {statistics.mean(times):.1f} ms "
            f"| {statistics.quantiles(times, n=20)[-1]:.1f} ms"
            for times in (took, anew)
        )
        print(f"| {size:,} | {times} | {filled:.0f} s |", flush=True)


if __name__ == "__main__":
    main()
