"""Work shared by processes: order, bounds, errors, death, and the very results of one process."""

import itertools
import os
import signal

import pytest

from quotetrack import Article, extract_many, extraction
from quotetrack.workers import AHEAD, WorkerDiedError, work_through


def doubled(numbers):
    return [2 * number for number in numbers]


def picky(numbers):
    if 5 in numbers:
        raise ValueError("not five")
    return numbers


class AwkwardError(Exception):
    def __init__(self, one, two):
        super().__init__(one)


def awkward(numbers):
    raise AwkwardError("no", "good")


def mortal(numbers):
    if 5 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return numbers


def test_results_come_in_order_and_no_more_is_taken_than_the_bound():
    taken = []

    def batches():
        for number in itertools.count():
            taken.append(number)
            yield [number, number]

    jobs = 2
    results = work_through(doubled, batches(), jobs)
    for number in range(20):
        assert (next(results), next(results)) == (2 * number, 2 * number)
        assert len(taken) <= number + 1 + jobs * AHEAD
    results.close()


def test_an_error_comes_in_its_turn():
    results = work_through(picky, [[3], [4], [5], [6]], 2)
    assert [next(results), next(results)] == [3, 4]
    with pytest.raises(ValueError, match="not five"):
        next(results)


def test_an_error_that_cannot_travel_is_told_in_words():
    with pytest.raises(RuntimeError, match="AwkwardError: no"):
        list(work_through(awkward, [[1]], 1))


def test_a_killed_worker_is_a_clear_error():
    with pytest.raises(WorkerDiedError, match=r"ended too early \(exit code -9\)") as caught:
        list(work_through(mortal, [[4], [5], [6]], 2))
    assert "\n" not in str(caught.value)


def test_several_processes_find_what_one_finds(monkeypatch):
    monkeypatch.setattr(extraction, "BATCH_ARTICLES", 1)
    articles = [Article(str(number), f"“Number {number},” said Jane Doe.") for number in range(4)]
    alone = list(extract_many(articles))
    assert [e.quotations[0].attributions[0].speaker.name for e in alone] == ["Jane Doe"] * 4
    assert list(extract_many(iter(articles), jobs=2)) == alone


def test_a_short_input_starts_no_worker(monkeypatch):
    monkeypatch.setattr(extraction, "work_through", None)
    assert [e.article.id for e in extract_many([Article("1", "Nothing said.")], jobs=8)] == ["1"]
