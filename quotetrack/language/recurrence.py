"""Stanza's recurrent layers at run time, with a fraction of the work.

What a network makes of a word before it looks at the words around it (vector, characters, their share of the
first layer's gates) is the same wherever the word stands: it is made once and remembered. Sentences of all
lengths are read together without padding, both directions at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

# Words that a network remembers, at 5 to 10 KB each; 32 articles have about 4,000 different ones.
REMEMBERED = 12_000
# Words read at once: enough for the multiplications to be as fast as they get.
BATCH_WORDS = 4000

Key = TypeVar("Key", bound=Hashable)


class Memory(Generic[Key]):
    """Rows of numbers for each word, made by `encode` when the word is first seen."""

    def __init__(self, encode: Callable[[Sequence[Key]], tuple[Tensor, ...]]) -> None:
        self._encode = encode
        self._numbers: dict[Key, int] = {}
        self.tables: tuple[Tensor, ...] = ()

    def rows(self, keys: Iterable[Key]) -> Tensor:
        """The numbers of the words' rows in `tables`; those of earlier calls may hold no longer."""
        keys = list(keys)
        if len(self._numbers) > REMEMBERED:
            self._numbers = {}
        known = self._numbers
        unseen = [key for key in dict.fromkeys(keys) if key not in known]
        if unseen:
            self._add(self._encode(unseen))
            known.update(zip(unseen, range(len(known), len(known) + len(unseen)), strict=True))
        return torch.from_numpy(np.fromiter(map(known.__getitem__, keys), np.int64, len(keys)))

    def _add(self, made: tuple[Tensor, ...]) -> None:
        """Add rows to the tables, which have room for more: to copy them each time would cost the most."""
        start, stop = len(self._numbers), len(self._numbers) + len(made[0])
        if not self.tables:
            self.tables = made
        elif len(self.tables[0]) < stop:
            self.tables = tuple(_with_room(table, REMEMBERED + stop) for table in self.tables)
        for table, rows in zip(self.tables, made, strict=True):
            table[start:stop] = rows


@dataclass(frozen=True, slots=True)
class Layout:
    """Sentences of one batch, longest first, as an LSTM reads them.

    Words are numbered sentence by sentence. `steps` tells how many sentences reach each step; `forward` and
    `backward` have, step by step, the numbers of the words read in either direction. `places` has for each
    word where in the two, one after the other, it is.
    """

    steps: tuple[int, ...]
    forward: Tensor
    backward: Tensor
    places: Tensor

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Layout:
        """The layout of sentences of these lengths, in words, which must not grow."""
        sizes = np.array(lengths)
        starts = sizes.cumsum() - sizes
        times = np.arange(lengths[0])
        steps = np.count_nonzero(times[:, None] < sizes, axis=1)
        order = np.arange(sizes.sum())
        times = np.repeat(times, steps)
        sentences = order - np.repeat(steps.cumsum() - steps, steps)
        forward, backward = starts[sentences] + times, (starts + sizes - 1)[sentences] - times
        places = np.empty((len(order), 2), dtype=np.int64)
        places[forward, 0], places[backward, 1] = order, order + len(order)
        return cls(tuple(steps.tolist()), *map(torch.from_numpy, (forward, backward, places)))


def in_batches(lengths: Sequence[int], most: int = BATCH_WORDS) -> Iterator[tuple[list[int], Layout]]:
    """The numbers of sentences of these lengths in batches, longest first, with each batch's layout.

    A batch has `most` words, or one sentence that has more.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    batch: list[int] = []
    words = 0
    for number in order:
        if batch and words + lengths[number] > most:
            yield batch, Layout.of([lengths[n] for n in batch])
            batch, words = [], 0
        batch.append(number)
        words += lengths[number]
    if batch:
        yield batch, Layout.of([lengths[n] for n in batch])


class Layer:
    """One LSTM layer that reads in both directions; `start` has its first states, direction × 1 × size."""

    def __init__(self, lstm: nn.LSTM, start: tuple[Tensor, Tensor] | None = None) -> None:
        self.size = lstm.hidden_size
        weights = {name: _arranged(weight.detach(), self.size) for name, weight in lstm.named_parameters()}

        def both(name: str) -> list[Tensor]:
            return [weights[f"{name}_l0{direction}"] for direction in ("", "_reverse")]

        bias = torch.cat(both("bias_ih")) + torch.cat(both("bias_hh"))
        self._inputs = _with_bias(torch.cat(both("weight_ih")), bias)
        self._own = torch.stack(both("weight_hh")).transpose(1, 2).contiguous()
        self._start = start or (torch.zeros(2, 1, self.size), torch.zeros(2, 1, self.size))

    def share(self, inputs: Tensor) -> Tensor:
        """The inputs' share of the gates of both directions, a row an input."""
        return _with_one(inputs) @ self._inputs

    def read(self, shares: Tensor, rows: Tensor, layout: Layout) -> Tensor:
        """What the layer says of each word, forwards and backwards; word n's share is row `rows[n]`."""
        which = torch.stack([2 * rows[layout.forward], 2 * rows[layout.backward] + 1])
        gates = shares.view(-1, 4 * self.size)
        read = shares.new_empty(2, len(rows), self.size)
        _recur(gates, which, self._own, *self._start, layout.steps, read)
        return torch.embedding(read.view(-1, self.size), layout.places).flatten(1)


class Highway:
    """Stanza's highway LSTM: each layer's inputs also go past it, through a gate."""

    def __init__(self, network: Any, start: tuple[Tensor, Tensor]) -> None:
        self._layers, self._sides = [], []
        for number, (lstm, gate, way) in enumerate(
            zip(network.lstm, network.gate, network.highway, strict=True)
        ):
            own = slice(2 * number, 2 * number + 2)
            self._layers.append(Layer(lstm.lstm, (start[0].detach()[own], start[1].detach()[own])))
            # The way past is squashed by a hyperbolic tangent: a sigmoid of the double.
            weight, bias = (
                torch.cat([getattr(gate, name).detach(), 2 * getattr(way, name).detach()])
                for name in ("weight", "bias")
            )
            self._sides.append(_with_bias(weight, bias))

    def share(self, inputs: Tensor, number: int = 0) -> tuple[Tensor, Tensor]:
        """What a layer takes from its inputs, whatever stands around them: for its gates, and past it."""
        gate, way = (_with_one(inputs) @ self._sides[number]).sigmoid_().chunk(2, 1)
        return self._layers[number].share(inputs), gate * way.mul_(2).sub_(1)

    def read(self, shares: tuple[Tensor, ...], rows: Tensor, layout: Layout) -> Tensor:
        """What the layers say of each word; its share of the first layer is row `rows[n]`."""
        gates, past = shares
        said = self._layers[0].read(gates, rows, layout) + past[rows]
        each = torch.arange(len(rows))
        for number, layer in enumerate(self._layers[1:], 1):
            gates, past = self.share(said, number)
            said = layer.read(gates, each, layout) + past
        return said


def _with_room(table: Tensor, most: int) -> Tensor:
    larger = table.new_empty(most, *table.shape[1:])
    larger[: len(table)] = table
    return larger


def _with_bias(weight: Tensor, bias: Tensor) -> Tensor:
    """Weights for inputs that end in a one: a bias that is added by itself takes a quarter of the time."""
    return torch.cat([weight.t(), bias[None]])


def _with_one(inputs: Tensor) -> Tensor:
    return functional.pad(inputs, (0, 1), value=1.0)


def _arranged(weight: Tensor, size: int) -> Tensor:
    """An LSTM's weights with the gates in the order input, forget, output, cell, the last doubled.

    A hyperbolic tangent is a sigmoid of the double, so that one call squashes all four.
    """
    gates = weight.view(4, size, -1)[[0, 1, 3, 2]]
    gates[3] *= 2
    return gates.reshape(weight.shape)


def _recur(
    gates: Tensor, which: Tensor, weight: Tensor, h: Tensor, c: Tensor, steps: Sequence[int], read: Tensor
) -> None:
    """Fill `read` (direction × word × size), step by step; `which` tells each word's row of `gates`."""
    size = h.shape[2]
    h = h.expand(2, steps[0], size).contiguous()
    c = c.expand(2, steps[0], size).contiguous()
    at = 0
    for count in steps:
        given = torch.embedding(gates, which[:, at : at + count])
        squashed = given.baddbmm_(h[:, :count], weight).sigmoid_()
        new = squashed[:, :, 3 * size :].mul_(2).sub_(1).mul_(squashed[:, :, :size])
        c = torch.addcmul(new, squashed[:, :, size : 2 * size], c[:, :count])
        h = c.tanh().mul_(squashed[:, :, 2 * size : 3 * size])
        read[:, at : at + count] = h
        at += count
