"""Work shared by processes: order, bounds, errors, death, and the very results of one process."""

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories import extract_one, fake_extractor

from quotetrack import Article, extract_many, extraction, resilience
from quotetrack.database import open_database
from quotetrack.database.verify import verify
from quotetrack.ingest import ingest
from quotetrack.sources import Found, read_sources
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


class Interrupted:
    """Work for whose loading a worker takes its time, in which Ctrl-C is pressed."""

    def __reduce__(self):
        return interrupted, ()

    def __call__(self, numbers):
        return numbers


def interrupted():
    os.kill(os.getpid(), signal.SIGINT)
    return doubled


INTERRUPTED = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_jobs import Interrupted
from quotetrack.workers import work_through
print(list(work_through(Interrupted(), [[1], [2]], 2)))
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    print("heard here")
"""


def test_a_worker_that_is_loading_does_not_mind_ctrl_c():
    # In a process of its own, for the first worker is started otherwise than the next ones.
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("[2, 4]\nheard here\n", "")


def test_of_a_batch_that_kills_a_worker_the_others_are_worked_out():
    results = work_through(mortal, [[3, 4], [5, 6], [7]], 2)
    assert [next(results), next(results)] == [3, 4]
    with pytest.raises(WorkerDiedError, match=r"ended too early \(exit code -9\)") as caught:
        next(results)
    assert "\n" not in str(caught.value)


def extract_or_die(articles):
    if any("poison" in one.text for one in articles):
        # What a system does with a process when memory runs out.
        os.kill(os.getpid(), signal.SIGKILL)
    return [extract_one(one) for one in articles]


def extract_in_workers(articles):
    waiting = iter(articles)
    return work_through(extract_or_die, iter(lambda: list(itertools.islice(waiting, 4)), []), 2)


def test_articles_that_kill_workers_fail_with_the_reason_and_the_run_goes_on(tmp_path):
    db = open_database(tmp_path / "quotes.db", create=True)
    texts = {str(number): f"“Number {number},” said Jane Doe." for number in range(30)}
    for number in ("0", "13", "14", "29"):
        texts[number] += " poison"
    items = [Found(key, Article(key, text)) for key, text in texts.items()]
    summary = ingest(db, items, extract_in_workers)
    assert (summary.added, summary.failed) == (26, 4)
    failed = {
        row["source"]: row["reason"] for row in db.query("select * from inputs where outcome = 'failed'")
    }
    assert failed.keys() == {"0", "13", "14", "29"}
    assert all("a worker process ended too early (exit code -9)" in reason for reason in failed.values())
    assert verify(db) == []
    assert ingest(db, items, fake_extractor).added == 4


def test_where_every_article_kills_its_worker_it_is_the_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(resilience, "MAX_DEATHS", 1)
    db = open_database(tmp_path / "quotes.db", create=True)
    with pytest.raises(WorkerDiedError):
        ingest(db, (Found(str(n), Article(str(n), f"poison {n}")) for n in range(9)), extract_in_workers)
    assert verify(db) == []


def test_several_processes_find_what_one_finds(monkeypatch):
    monkeypatch.setattr(extraction, "FEW_ARTICLES", 2)
    articles = [Article(str(number), f"“Number {number},” said Jane Doe.") for number in range(4)]
    alone = list(extract_many(articles))
    assert [e.quotations[0].attributions[0].speaker.name for e in alone] == ["Jane Doe"] * 4
    assert list(extract_many(iter(articles), jobs=2)) == alone


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
@pytest.mark.parametrize("count", [1, 2, 31, 65, 1000])
def test_batches_shrink_towards_the_end_so_that_processes_end_together(jobs, count):
    articles = [Article(str(number), "") for number in range(count)]
    batches = list(extraction._batches(iter(articles), jobs))
    assert [article for batch in batches for article in batch] == articles
    sizes = [len(batch) for batch in batches]
    assert max(sizes) <= extraction.BATCH_ARTICLES
    for number, size in enumerate(sizes):
        assert size <= max(extraction.LEAST_ARTICLES, sum(sizes[number:]) // jobs)


def test_a_short_input_starts_no_worker(monkeypatch):
    monkeypatch.setattr(extraction, "work_through", None)
    assert [e.article.id for e in extract_many([Article("1", "Nothing said.")], jobs=8)] == ["1"]


def workers_of(process):
    """The ids of a process's workers, as Linux tells them."""
    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text():
            yield int(child)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker as Linux tells it")
def test_a_worker_ends_with_the_process_that_it_works_for():
    code = "import time; from quotetrack.workers import work_through; list(work_through(time.sleep, [60], 1))"
    job = subprocess.Popen([sys.executable, "-c", code])
    while not (workers := list(workers_of(job.pid))):
        assert job.poll() is None
        time.sleep(0.002)
    time.sleep(1)
    job.kill()
    job.wait()
    ended = time.monotonic() + 20
    while Path(f"/proc/{workers[0]}").exists() and "Z" not in Path(f"/proc/{workers[0]}/stat").read_text():
        assert time.monotonic() < ended
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker as Linux tells it")
def test_an_article_that_kills_its_process_is_lost_alone_with_one_job_too(tmp_path):
    (tmp_path / "deadly.txt").write_text("“Yes,” said Jane Doe.")
    run = "from quotetrack.cli import main; main()"
    command = [sys.executable, "-c", run, "ingest", "--jobs", "1", "-d", "quotes.db", "deadly.txt"]
    job = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (workers := list(workers_of(job.pid))):
        assert job.poll() is None
        time.sleep(0.002)
    os.kill(workers[0], signal.SIGKILL)
    output, errors = job.communicate(timeout=60)
    assert job.returncode == 1
    assert output.endswith("0 added, 0 changed, 0 unchanged, 1 failed: 0 quotations in 0 new words\n")
    assert "deadly.txt: could not be extracted (WorkerDiedError: a worker process ended too early" in errors
    db = open_database(tmp_path / "quotes.db")
    assert verify(db) == []
    (item,) = read_sources([str(tmp_path / "deadly.txt")])
    assert ingest(db, [item], fake_extractor).added == 1
