"""Progress on a terminal: a bar on standard error with counts, rate and time left; nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Step = TypeVar("Step")

# Seconds: what is done sooner needs no bar.
SOON = 1.0


def bar(unit: str, total: Callable[[], int | None], *, shown: bool = True) -> Any:
    """A tqdm bar, to be used as a context.

    `total` tells how much there is to do, None where nobody can; it is asked only where the bar is shown.
    """
    # tqdm lets lines pass above its bar.
    from tqdm import tqdm

    shown = shown and on_terminal()
    return tqdm(total=total() if shown else None, unit=unit, disable=not shown, dynamic_ncols=True)


def steps(
    unit: str, each: Iterable[Step], total: Callable[[], int] | None = None, *, shown: bool = True
) -> Iterable[Step]:
    """The steps one after the other, with a bar where they take long; `total` as for `bar`."""
    from tqdm import tqdm

    shown = shown and on_terminal()
    number = total() if shown and total else None
    passing: Iterable[Step] = tqdm(
        each, total=number, unit=unit, disable=not shown, delay=SOON, dynamic_ncols=True
    )
    return passing


def on_terminal() -> bool:
    return sys.stderr.isatty()
