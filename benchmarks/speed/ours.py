"""QuoteTrack's job in a process of its own: a file of articles in, a file of quotations or a database out.

Prints what it measured as JSON. `benchmarks.speed` starts it.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.speed.clock import Clock
from benchmarks.speed.steps import time_extraction, time_linking
from quotetrack.records import Article, Extraction

READING, WRITING, BETWEEN = "reading", "writing", "extraction: rest"
Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=("extract", "ingest"))
    parser.add_argument("articles", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--models", default="bundled")
    args = parser.parse_args()

    started = time.perf_counter()
    clock = Clock()
    extractor = _load(clock, args.models)
    loaded, clock.seconds = time.perf_counter(), type(clock.seconds)(float)
    cpu = time.process_time()
    job = _extract if args.job == "extract" else _ingest
    quotations = job(clock, extractor, args.articles, args.output)
    print(
        json.dumps(
            {
                "load_seconds": loaded - started,
                "job_seconds": time.perf_counter() - loaded,
                "job_cpu_seconds": time.process_time() - cpu,
                "quotations": quotations,
                "peak_mb": peak_mb(),
                "steps": clock.seconds,
            }
        )
    )


def peak_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _load(clock: Clock, models: str) -> Extractor:
    """The extraction with its steps timed and its models loaded."""
    import torch

    from quotetrack.extraction import extract_many

    torch.set_num_threads(1)
    time_extraction(clock)
    next(extract_many([Article("", "“It works,” said Jane Doe.")], models))
    return lambda articles: clock.each(BETWEEN, extract_many(articles, models))


def _extract(clock: Clock, extractor: Extractor, articles: Path, output: Path) -> int:
    """As `quotetrack extract` does it."""
    from quotetrack.export.jsonl import extract_lines
    from quotetrack.sources import Failed, read_sources

    quotations = 0
    items = clock.each(READING, read_sources([str(articles)], {}))
    with output.open("w", encoding="utf-8") as lines, clock.step(WRITING):
        for line in extract_lines(items, extractor):
            if isinstance(line, Failed):
                sys.exit(f"error: {line.source}: {line.reason}")
            lines.write(line + "\n")
            quotations += len(json.loads(line)["quotes"])
    return quotations


def _ingest(clock: Clock, extractor: Extractor, articles: Path, output: Path) -> int:
    """As `quotetrack ingest` does it, into a new database."""
    from quotetrack.database import open_database
    from quotetrack.ingest import ingest
    from quotetrack.sources import read_sources

    time_linking(clock)
    items = clock.each(READING, read_sources([str(articles)], {}))
    with clock.step(WRITING):
        summary = ingest(open_database(str(output), create=True), items, extractor)
    if summary.failed:
        sys.exit(f"error: {summary.failed} articles failed")
    return summary.quotations


if __name__ == "__main__":
    main()
