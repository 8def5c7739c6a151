"""What the training commands share: their folders, and how Stanza's own trainers are called."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHORTHAND = "en_news"
# Of the first learning rate: some trainers stop when the rate is too low.
LAST_RATE = 0.01


@dataclass(frozen=True)
class Folders:
    data: Path  # the public data
    work: Path  # everything that training writes

    @property
    def treebanks(self) -> Path:
        return self.work / "treebanks"

    @property
    def models(self) -> Path:
        return self.work / "models"

    @property
    def vectors(self) -> Path:
        return self.work / "vectors.pt"


def parser(description: str | None) -> argparse.ArgumentParser:
    arguments = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, default=Path("../shared/data"), help="the public data")
    arguments.add_argument("--work", type=Path, required=True, help="a folder for what training writes")
    return arguments


def folders(description: str | None) -> Folders:
    given = parser(description).parse_args()
    return Folders(given.data, given.work)


def options(*flags: str, **values: object) -> list[str]:
    """A Stanza trainer's command line."""
    return [f"--{flag}" for flag in flags] + [p for k, v in values.items() for p in (f"--{k}", str(v))]


class TimeIsUpError(Exception):
    """Raised out of a trainer's loop when its time is over; the best model so far is on disk."""


@contextmanager
def falling_rate(minutes: float, rate: float, every: int) -> Iterator[None]:
    """Let the learning rate fall linearly from `rate` to nothing over `minutes`, then stop the trainer.

    Stanza's trainers lower the rate when the dev score stalls, which takes far longer than CPUs allow.
    They save at evaluations only, one in `every` steps, so it stops after one, not sooner.
    """
    from torch.optim.optimizer import Optimizer, register_optimizer_step_pre_hook

    started = 0.0  # at the first step: reading the data does not count
    steps = 0

    def set_rate(optimizer: Optimizer, *_: object) -> None:
        nonlocal started, steps
        started = started or time.monotonic()
        steps += 1
        left = 1 - (time.monotonic() - started) / (minutes * 60)
        if left <= 0 and steps % every == 1:
            raise TimeIsUpError
        for group in optimizer.param_groups:
            group["lr"] = rate * max(left, LAST_RATE)

    hook = register_optimizer_step_pre_hook(set_rate)
    try:
        yield
    except TimeIsUpError:
        print(f"{minutes} minutes are over, {steps} steps")
    finally:
        hook.remove()


def vocabulary(checkpoint: Path) -> Any:
    """The words and tags of a tagger or parser, numbered as it numbers them."""
    import torch
    from stanza.models.pos.vocab import MultiVocab

    return MultiVocab.load_state_dict(torch.load(checkpoint, weights_only=True)["vocab"])


def train_in_bfloat16(model: Any) -> None:
    """Let a class of networks multiply in bfloat16 while it trains: faster where the CPU can."""
    import torch

    forward = model.forward

    def faster(self: Any, *inputs: Any) -> Any:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            return forward(self, *inputs)

    model.forward = faster
