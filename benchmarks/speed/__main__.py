"""Time the whole job over a .jsonl of articles, each system in a process of its own, one thread each.

python -m benchmarks.speed                      ../shared/data/newswire_articles.jsonl
python -m benchmarks.speed --peer               textacy beside it; its environment is made on the first run
python -m benchmarks.speed --ingest             into a new database: linking and writing too
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.gold import ROOT
from benchmarks.speed.peer import peer
from benchmarks.speed.steps import NETWORK, STANZA
from benchmarks.tables import Cell, table
from quotetrack.cli.options import ENVIRONMENT

ARTICLES = ROOT.parent / "shared" / "data" / "newswire_articles.jsonl"
# What the command gives its workers; and however a library multiplies its threads, each process gets one.
SURROUNDINGS = ENVIRONMENT | {f"{name}_NUM_THREADS": "1" for name in ("MKL", "OPENBLAS", "BLIS")}
OURS, TEXTACY = "QuoteTrack", "textacy"


@dataclass(frozen=True, slots=True)
class Run:
    """What one process measured of itself, and how long it lived as seen from outside, in seconds."""

    name: str
    measured: dict[str, Any]
    lived: float


@dataclass(frozen=True, slots=True)
class Work:
    """The articles given to each system."""

    path: Path
    articles: int
    words: int


def main() -> None:
    args = _arguments()
    if not args.articles.is_file():
        sys.exit(f"error: there is no file {args.articles}")
    with tempfile.TemporaryDirectory() as folder:
        work = _take(args.articles, args.limit, Path(folder) / "articles.jsonl")
        job = "ingest" if args.ingest else "extract"
        ours = [sys.executable, "-m", "benchmarks.speed.ours", "--models", args.models, job]
        runs = [_run(OURS, [*ours, work.path, Path(folder) / "ours"])]
        if args.peer:
            other = peer()
            script = Path(__file__).with_name("textacy_job.py")
            runs.append(
                _run(TEXTACY, [other.python, script, work.path, other.model, Path(folder) / "textacy.jsonl"])
            )
    if args.json:
        print(json.dumps({run.name: _figures(work, run) for run in runs}, indent=1))
        return
    print(_rates_table(work, runs))
    print(_steps_table(runs[0]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=Path, default=ARTICLES, metavar="FILE.jsonl")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N articles only")
    parser.add_argument("--models", default="bundled", help="'bundled', 'stanford' or a folder")
    parser.add_argument("--ingest", action="store_true", help="write a database instead of JSON lines")
    parser.add_argument("--peer", action="store_true", help="time textacy on spaCy's en_core_web_md as well")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


def _take(articles: Path, limit: int | None, path: Path) -> Work:
    """Copy the articles to be read, so that every system reads the same file."""
    count = words = 0
    with articles.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as taken:
        for line in islice(lines, limit):
            taken.write(line)
            count += 1
            words += len(json.loads(line)["text"].split())
    return Work(path, count, words)


def _run(name: str, command: Sequence[str | Path]) -> Run:
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **SURROUNDINGS}, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"error: {name} ended with exit code {done.returncode}")
    return Run(name, json.loads(done.stdout), time.perf_counter() - started)


def _figures(work: Work, run: Run) -> dict[str, Any]:
    return {
        "articles": work.articles,
        "words": work.words,
        **run.measured,
        "words_per_second": work.words / run.measured["job_seconds"],
        "words_per_second_with_load": work.words / run.lived,
        "words_per_cpu_second": work.words / run.measured["job_cpu_seconds"],
    }


def _rates_table(work: Work, runs: Sequence[Run]) -> str:
    figures = [_figures(work, run) for run in runs]
    rows: list[list[Cell]] = [
        [label, *(round(f[key]) for f in figures), *_ratio([f[key] for f in figures])]
        for label, key in (
            ("words per second", "words_per_second"),
            ("  start and load included", "words_per_second_with_load"),
            ("  per second of processor time", "words_per_cpu_second"),
        )
    ]
    rows += [
        ["seconds to load", *(f["load_seconds"] for f in figures)],
        ["seconds for the job", *(f["job_seconds"] for f in figures)],
        ["peak memory, MB", *(round(f["peak_mb"]) for f in figures)],
        ["quotations", *(f["quotations"] for f in figures)],
    ]
    head = ["one process, one thread", *(run.name for run in runs), *(["ratio"] if len(runs) > 1 else [])]
    return table(
        f"Speed on {work.articles:,} articles, {work.words:,} words",
        head,
        [[*row, *[""] * (len(head) - len(row))] for row in rows],
    )


def _ratio(values: Sequence[float]) -> list[Cell]:
    return [f"{values[0] / values[1]:.2f}"] if len(values) > 1 else []


def _steps_table(run: Run) -> str:
    steps: dict[str, float] = run.measured["steps"]
    total = run.measured["job_cpu_seconds"]
    whole = {step.removesuffix(NETWORK): 0.0 for step in steps}
    for step, seconds in steps.items():
        whole[step.removesuffix(NETWORK)] += seconds
    rows: list[list[Cell]] = [
        [step, seconds, seconds / total, steps.get(step + NETWORK)]
        for step, seconds in sorted(whole.items(), key=lambda item: -item[1])
    ]
    stanza = sum(seconds for step, seconds in whole.items() if step.startswith(STANZA))
    forward = sum(s for step, s in steps.items() if step.startswith(STANZA) and step.endswith(NETWORK))
    return table(
        f"Where {run.name}'s processor time goes", ["step", "seconds", "share", "of it the network"], rows
    ) + (
        f"Timed: {sum(steps.values()) / total:.1%} of {total:.1f} s. Stanza: {stanza / total:.1%}; "
        f"the forward passes of its networks: {forward / total:.1%}.\n"
    )


if __name__ == "__main__":
    main()
