"""A clock that charges each moment to the innermost of the steps that are under way."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Clock:
    """Seconds of processor time by step; a step within another one is not counted in that one as well.

    On a machine that does nothing else they are those on the wall, but for what waits for the disk.
    """

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._now = now
        self._under_way: list[str] = []
        self._charged = now()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Charge what happens inside to `name`."""
        self._charge()
        self._under_way.append(name)
        try:
            yield
        finally:
            self._charge()
            self._under_way.pop()

    def timed(self, name: str, function: Callable[..., T]) -> Callable[..., T]:
        """The function, its calls charged to `name`."""

        def call(*args: Any, **kwargs: Any) -> T:
            with self.step(name):
                return function(*args, **kwargs)

        return call

    def each(self, name: str, items: Iterable[T]) -> Iterator[T]:
        """The items, the time that it takes to make them charged to `name`."""
        waiting = iter(items)
        while True:
            with self.step(name):
                try:
                    item = next(waiting)
                except StopIteration:
                    return
            yield item

    def _charge(self) -> None:
        now = self._now()
        if self._under_way:
            self.seconds[self._under_way[-1]] += now - self._charged
        self._charged = now
