"""The speed benchmark's clock charges every moment once, to the innermost step."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.speed.clock import Clock


class Time:
    """A time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_step_within_another_is_charged_alone() -> None:
    time = Time()
    clock = Clock(time)

    def parse() -> str:
        time.now += 5
        return "parsed"

    time.now += 100  # before the job: nobody's
    with clock.step("outer"):
        time.now += 1
        assert clock.timed("inner", parse)() == "parsed"
        time.now += 2
    assert clock.seconds == {"outer": 3, "inner": 5}


def test_making_items_is_charged_and_using_them_is_not() -> None:
    time = Time()
    clock = Clock(time)

    def items() -> Iterator[int]:
        for number in range(3):
            time.now += 10
            yield number
        time.now += 1

    with clock.step("using"):
        for _ in clock.each("making", items()):
            time.now += 2
    assert clock.seconds == {"using": 6, "making": 31}


def test_a_step_that_fails_is_left() -> None:
    time = Time()
    clock = Clock(time)
    try:
        with clock.step("failing"):
            time.now += 1
            raise ValueError
    except ValueError:
        pass
    time.now += 1
    assert clock.seconds == {"failing": 1}
