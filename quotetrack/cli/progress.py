"""Progress on a terminal: a bar on standard error with counts, rate and time left; nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
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


def steps(unit: str, each: Sequence[Step]) -> Iterable[Step]:
    """The steps one after the other, with a bar where they take long."""
    from tqdm import tqdm

    shown: Iterable[Step] = tqdm(each, unit=unit, disable=not on_terminal(), delay=SOON, dynamic_ncols=True)
    return shown


def on_terminal() -> bool:
    return sys.stderr.isatty()
