"""Measure the extraction against gold standards and print tables.

python -m benchmarks.accuracy                   those in ../shared/bench, if any, and the project's own
python -m benchmarks.accuracy --gold own --errors 3
python -m benchmarks.accuracy --names           names by themselves: how often right, given the mention
python -m benchmarks.accuracy --rules           the sieve's rules by themselves, on PolNeAR's training part
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import torch

from benchmarks.accuracy.names import measure_names, names_table
from benchmarks.accuracy.report import as_json, details, measure, summary
from benchmarks.accuracy.rules import measure_sieve, sieve_table
from benchmarks.gold import BENCH, OWN, SHARED, GoldMissingError, load_standards
from quotetrack.language.loading import ModelsUnavailableError

# The sieve's order is learnt where the ranker is, never where the results are measured.
TRAINING = "polnear_train"


def main() -> None:
    args = _arguments()
    # Networks this small gain little from a second thread, and on busy cores lose much by it.
    torch.set_num_threads(1)
    try:
        if args.rules:
            _sieve(args)
        elif args.names:
            _names(args)
        else:
            _accuracy(args)
    except (GoldMissingError, ModelsUnavailableError) as error:
        sys.exit(f"error: {error}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__.split("\n")[0])
    parser.add_argument("--bench", type=Path, default=BENCH, metavar="FOLDER", help="where gold files lie")
    parser.add_argument(
        "--gold",
        action="append",
        default=[],
        metavar="NAME",
        help=f"a standard, {OWN!r} or a file of the folder without its ending; may be repeated "
        f"(default: {', '.join(SHARED)} where they are there, and {OWN})",
    )
    parser.add_argument("--models", default="bundled", help="'bundled', 'stanford' or a folder")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N articles of each standard only")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show N errors of each kind in full"
    )
    parser.add_argument(
        "--rules",
        action="store_true",
        help=f"measure the sieve's rules by themselves instead, on {TRAINING} unless --gold says another",
    )
    parser.add_argument("--names", action="store_true", help="measure the names given the mentions instead")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


def _accuracy(args: argparse.Namespace) -> None:
    standards = load_standards(args.gold, args.bench)
    results = [measure(name, articles[: args.limit], args.models) for name, articles in standards.items()]
    if args.json:
        print(json.dumps({result.name: as_json(result) for result in results}, indent=1))
        return
    print(summary(results))
    for result in results:
        print(details(result, args.errors))


def _names(args: argparse.Namespace) -> None:
    for name, articles in load_standards(args.gold, args.bench).items():
        namings = measure_names(articles[: args.limit], args.models)
        if namings:
            print(f"=== {name} ===\n")
            print(names_table(namings))


def _sieve(args: argparse.Namespace) -> None:
    for name, articles in load_standards(args.gold or [TRAINING], args.bench).items():
        worths, quotations = measure_sieve(articles[: args.limit], args.models)
        if args.json:
            rules = [asdict(worth) | {"precision": worth.precision} for worth in worths]
            print(json.dumps({name: {"quotations": quotations, "rules": rules}}, indent=1))
        else:
            print(f"=== {name} ===\n")
            print(sieve_table(worths, quotations))


if __name__ == "__main__":
    main()
