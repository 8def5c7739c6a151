"""From sources to rows: the one path that articles take into a database, a batch at a time.

Articles flow from the sources through the extractor in their order and are written in transactions of a
batch, so a process that is killed leaves a whole database and at most a batch to do again. What is in the
database already is recognised by its text before anything is extracted.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from quotetrack.database.connection import DatabaseError, open_reader, writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.effects import Effects
from quotetrack.database.queries import has_input
from quotetrack.database.writer import (
    ExtractionError,
    Written,
    another_with_id,
    finish_run,
    note_input,
    start_run,
    stored,
    write,
    write_metadata,
)
from quotetrack.records import Article, Extraction
from quotetrack.resilience import Broken, Extractor, extract_each
from quotetrack.sources import Failed, Found, Item, with_outlet

# A batch is written when it has so many items, or so old a first one: what a kill or Ctrl-C can cost.
BATCH_ITEMS = 100
BATCH_SECONDS = 2.0
# After so many items in a row that need no extraction, the extractor is let go so that they can be noted.
MAX_SKIPPED = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input."""

    source: str
    status: str
    reason: str | None = None
    quotations: int = 0
    words: int = 0


@dataclass(slots=True)
class Summary:
    """What an ingest did in all."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    quotations: int = 0
    words: int = 0
    interrupted: bool = False

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.status, getattr(self, outcome.status) + 1)
        self.quotations += outcome.quotations
        self.words += outcome.words


@dataclass(slots=True)
class _Pending:
    """An input on its way: what it is, and its extraction once that is there."""

    item: Item
    known: Written | None = None
    extraction: Extraction | None = None

    @property
    def needs_extraction(self) -> bool:
        return isinstance(self.item, Found) and self.known is None

    @property
    def makes_rows(self) -> bool:
        return self.known is None or self.known.status != "unchanged"


def ingest(
    db: Database,
    items: Iterable[Item],
    extractor: Extractor,
    *,
    models: str = "bundled",
    settings: dict[str, Any] | None = None,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Write what `extractor` finds in `items` to `db`; every item is accounted for in the table `inputs`.

    `models` and `settings` are noted with the rows. `on_outcome` hears of each input once it is safely
    written. When `stop` says so, no further item is taken; those in hand are finished and written.
    """
    job = _Job(db, extractor, models, settings or {}, on_outcome, stop)
    job.run(iter(items))
    return job.summary


@dataclass(slots=True)
class _Job:
    db: Database
    extractor: Extractor
    models: str
    settings: dict[str, Any]
    on_outcome: Callable[[Outcome], None]
    stop: Callable[[], bool]
    summary: Summary = field(default_factory=Summary)
    run_id: int | None = None
    effects: Effects | None = None
    batch: list[_Pending] = field(default_factory=list)
    batch_started: float = 0.0

    def run(self, items: Iterator[Item]) -> None:
        # Extractors with workers pull articles from a thread of their own: they look things up apart from us.
        reader = open_reader(self.db)
        try:
            try:
                while (first := self._skip_to_work(reader, items)) is not None:
                    self._extract_from(reader, first, items)
            except Exception as error:
                # A source or the extractor fails for good: what is done need not be done again.
                if not isinstance(error, DatabaseError):
                    self._flush()
                raise
            self._flush()
            if self.run_id is not None:
                with writing(self.db):
                    finish_run(self.db, self.run_id)
        finally:
            reader.close()

    def _skip_to_work(self, reader: Database, items: Iterator[Item]) -> _Pending | None:
        """Note the items that need no extraction up to the first that does; None where there is none."""
        for pending in self._classified(reader, items):
            if pending.needs_extraction:
                return pending
            self._add(pending)
        return None

    def _classified(self, reader: Database, items: Iterator[Item]) -> Iterator[_Pending]:
        while not self._stopped():
            item = next(items, None)
            if item is None:
                return
            yield _classify(reader, _as_known(reader, with_outlet(item)))

    def _stopped(self) -> bool:
        if self.stop():
            self.summary.interrupted = True
        return self.summary.interrupted

    def _extract_from(self, reader: Database, first: _Pending, items: Iterator[Item]) -> None:
        """Extract in one stream, for as long as there is work; every item passes in its order."""
        waiting: deque[_Pending] = deque()

        def articles() -> Iterator[Article]:
            skipped = 0
            pending: _Pending | None = first
            classified = self._classified(reader, items)
            while pending is not None:
                waiting.append(pending)
                skipped = 0 if pending.needs_extraction else skipped + 1
                if pending.needs_extraction:
                    assert isinstance(pending.item, Found)
                    yield pending.item.article
                if skipped >= MAX_SKIPPED:
                    return
                pending = next(classified, None)

        for result in extract_each(self.extractor, articles()):
            while not (pending := waiting.popleft()).needs_extraction:
                self._add(pending)
            if isinstance(result, Broken):
                pending = _Pending(Failed(pending.item.source, result.reason))
            else:
                pending.extraction = result
            self._add(pending)
        while waiting:
            self._add(waiting.popleft())

    def _add(self, pending: _Pending) -> None:
        if not self.batch:
            self.batch_started = time.monotonic()
        self.batch.append(pending)
        if len(self.batch) >= BATCH_ITEMS or time.monotonic() - self.batch_started >= BATCH_SECONDS:
            self._flush()

    def _flush(self) -> None:
        run = self.run_id
        with writing(self.db):
            if run is None and any(pending.makes_rows for pending in self.batch):
                run = start_run(self.db, models=self.models, settings=self.settings)
            self.effects = effects = effects_in_force(self.db, self.effects)
            outcomes = [self._write(effects, run, pending) for pending in self.batch]
        self.run_id = run
        self.batch.clear()
        for outcome in outcomes:
            self.summary.count(outcome)
            self.on_outcome(outcome)

    def _write(self, effects: Effects, run: int | None, pending: _Pending) -> Outcome:
        source = pending.item.source
        try:
            # A savepoint: what is wrong with one article must not take back the others of the batch.
            with self.db.atomic():
                outcome, article = self._write_one(effects, run, pending)
        except ExtractionError as error:
            outcome, article = Outcome(source, "failed", str(error)), None
        note_input(
            self.db,
            source,
            outcome.status,
            outcome.reason,
            article=article,
            run=None if outcome.status == "unchanged" else run,
        )
        return outcome

    def _write_one(self, effects: Effects, run: int | None, pending: _Pending) -> tuple[Outcome, str | None]:
        item = pending.item
        if isinstance(item, Failed):
            return Outcome(item.source, "failed", item.reason), None
        if pending.extraction is None:
            written = write_metadata(self.db, item.article, item.source)
            return Outcome(item.source, written.status, written.reason or item.note), written.article
        assert run is not None
        # What came before it in this batch was not in the database when it was looked for there.
        if refused := _refusal(self.db, item):
            return Outcome(item.source, "failed", refused), None
        written = write(self.db, effects, pending.extraction, run=run, source=item.source)
        return (
            Outcome(
                item.source,
                written.status,
                written.reason or item.note,
                len(pending.extraction.quotations),
                len(item.article.text.split()),
            ),
            written.article,
        )


def _as_known(db: Database, item: Item) -> Item:
    """The item under its path as it was typed, if that is how the database has it: earlier versions did."""
    typed = item.typed
    if typed is None or has_input(db, item.source) or not has_input(db, typed):
        return item
    if isinstance(item, Found) and item.article.id == item.source:
        item = replace(item, article=replace(item.article, id=typed))
    return replace(item, source=typed)


def _classify(db: Database, item: Item) -> _Pending:
    if isinstance(item, Failed):
        return _Pending(item)
    known = stored(db, item.article, item.source)
    if known is None and (refused := _refusal(db, item)):
        return _Pending(Failed(item.source, refused))
    return _Pending(item, known)


def _refusal(db: Database, item: Found) -> str | None:
    """Why the article of `item` is not stored under its id, if that is another article's."""
    other = None if item.unique else another_with_id(db, item.article)
    return other and (
        f"its id {item.article.id!r} is also that of {other}, another article: tell the two apart with "
        "--prefix TEXT before the ids of one, or with --column id=NAME where another column has the ids"
    )
