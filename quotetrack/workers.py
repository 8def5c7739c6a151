"""Worker processes: batches of work out, their results back, in order and in bounded memory."""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any, Generic, TypeVar

from quotetrack.errors import UserError

# Batches a worker that are under way, or done and not yet asked for: they bound the memory of any input.
AHEAD = 2
# Of 1,000: as if the process had half of the memory more than it has (proc(5)).
OOM_SCORE = "500"

Work = TypeVar("Work")
Result = TypeVar("Result")


class WorkerDiedError(UserError):
    """A worker process ended before its work did."""


@dataclass(slots=True)
class _Batch(Generic[Work, Result]):
    """A batch and what became of it: its results, or what was raised; None as long as it is under way."""

    work: Sequence[Work]
    answer: Sequence[Result] | Exception | None = None


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    batch: _Batch[Any, Any] | None = None


def work_through(
    function: Callable[[Sequence[Work]], Sequence[Result]], batches: Iterable[Sequence[Work]], jobs: int
) -> Iterator[Result]:
    """The results of `function` for each batch, worked out in up to `jobs` processes, lazily and in order.

    All three must be fit for pickling. What `function` raises is raised here when its batch's turn comes.
    Where a process is killed, as systems do that run out of memory, each item of its batch is tried by
    itself; `WorkerDiedError` is raised when the turn of an item comes with which a process died alone.
    """
    team = _Team(function, jobs)
    try:
        yield from team.work_through(batches)
    finally:
        team.dismiss()


class _Team(Generic[Work, Result]):
    def __init__(self, function: Callable[[Sequence[Work]], Sequence[Result]], jobs: int) -> None:
        self._function = function
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def work_through(self, batches: Iterable[Sequence[Work]]) -> Iterator[Result]:
        given: deque[_Batch[Work, Result]] = deque()
        for work in batches:
            given.append(self._give(work))
            while given and (given[0].answer is not None or len(given) >= self._jobs * AHEAD):
                yield from self._answer(given.popleft())
        while given:
            yield from self._answer(given.popleft())

    def dismiss(self) -> None:
        """End the workers at once: they have no state that could be lost."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def _give(self, work: Sequence[Work]) -> _Batch[Work, Result]:
        """Have a worker begin with a batch, as soon as one is free."""
        while not (free := [w for w in self._workers if w.batch is None]):
            if len(self._workers) < self._jobs:
                self._hire()
            else:
                self._listen()
        worker = free[0]
        worker.batch = batch = _Batch[Work, Result](work)
        try:
            worker.connection.send(work)
        except ConnectionError:
            self._bury(worker)
        return batch

    def _answer(self, batch: _Batch[Work, Result]) -> Iterator[Result]:
        while batch.answer is None:
            self._listen()
        if isinstance(batch.answer, WorkerDiedError) and len(batch.work) > 1:
            for item in batch.work:
                yield from self._answer(self._give([item]))
        elif isinstance(batch.answer, Exception):
            raise batch.answer
        else:
            yield from batch.answer

    def _listen(self) -> None:
        """Wait for answers, one at least."""
        busy = [worker for worker in self._workers if worker.batch is not None]
        ready = wait([worker.connection for worker in busy])
        for worker in busy:
            if worker.connection in ready and worker.batch is not None:
                try:
                    worker.batch.answer = worker.connection.recv()
                except (EOFError, ConnectionError):
                    self._bury(worker)
                worker.batch = None

    def _hire(self) -> None:
        # Not forked: a forked copy of a process that has used torch can hang.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._function), daemon=True)
        with _interrupts_held_back():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _bury(self, worker: _Worker) -> None:
        """Let a worker go that has died; its batch has that for an answer."""
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        if worker.batch is not None:
            worker.batch.answer = WorkerDiedError(
                f"a worker process ended too early (exit code {worker.process.exitcode}); "
                "if memory is short, use fewer jobs"
            )


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Have a process that is started meanwhile never hear of Ctrl-C, not even while it loads.

    Ctrl-C reaches the whole group of processes; what it means is for the first one to say.
    """
    # Started with the first process otherwise, in which it lets interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, function: Callable[[Any], Any]) -> None:
    """A worker's life: batches in, answers out, until the other end is closed."""
    # Whose first process is killed has nobody to work for: an article may take minutes.
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    # Where memory runs out, Linux is to end a worker and not the first process, whose work would be lost.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(OOM_SCORE)
    while True:
        try:
            work = connection.recv()
        except EOFError:
            return
        try:
            answer = function(work)
        except Exception as error:
            answer = _portable(error)
        try:
            connection.send(answer)
        except ConnectionError:
            return


def _end_with(process: BaseProcess | None) -> None:
    """Wait for a process to end, and end this one at once."""
    if process is not None:
        process.join()
        os._exit(1)


def _portable(error: Exception) -> Exception:
    """The error, or one that says the same where it cannot be sent to another process."""
    try:
        copy = pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    assert isinstance(copy, Exception)
    return error
