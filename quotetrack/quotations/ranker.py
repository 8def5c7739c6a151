"""The ranker: a small network that weighs the mentions near a quotation, and whether it is speech at all.

A bidirectional LSTM reads the window of `features.describe`; each candidate, and the two answers "no speech"
and "the article does not tell", gets a score; a softmax over them is the probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from torch import nn

from quotetrack.quotations.features import PAIR_SIZES, QUOTATION_SIZES, TOKEN_SIZES, Example

# Rows of the word table that are no words.
PADDING, UNKNOWN = 0, 1
NOT_SPEECH, NO_SPEAKER = 0, 1


@dataclass(frozen=True)
class Shape:
    """The network's sizes, saved beside its weights."""

    words: int
    vector: int
    hidden: int = 96
    category: int = 10
    pair: int = 12
    scorer: int = 96
    dropout: float = 0.0


class Ranker(nn.Module):
    """Scores for the candidates of a batch of examples."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.words, shape.vector, padding_idx=PADDING)
        self.tokens = nn.ModuleList(nn.Embedding(size, shape.category) for size in TOKEN_SIZES)
        width = 2 * shape.vector + shape.category * len(TOKEN_SIZES)
        self.reader = nn.LSTM(width, shape.hidden, batch_first=True, bidirectional=True)
        self.pairs = nn.ModuleList(nn.Embedding(size, shape.pair) for size in PAIR_SIZES)
        self.quotation = nn.ModuleList(nn.Embedding(size, shape.pair) for size in QUOTATION_SIZES)
        self.dropout = nn.Dropout(shape.dropout)
        about = 4 * shape.hidden + shape.pair * len(QUOTATION_SIZES)
        self.about = nn.Sequential(nn.Linear(about, shape.scorer), nn.ReLU())
        candidate = 4 * shape.hidden + shape.pair * len(PAIR_SIZES) + shape.scorer
        self.scorer = nn.Sequential(
            nn.Linear(candidate, shape.scorer),
            nn.ReLU(),
            nn.Dropout(shape.dropout),
            nn.Linear(shape.scorer, 1),
        )
        self.none = nn.Sequential(nn.Dropout(shape.dropout), nn.Linear(shape.scorer, 2))

    def forward(self, batch: Batch) -> torch.Tensor:
        """Log probabilities, a row an example: no speech, no speaker, then its candidates (else -inf)."""
        parts = [self.words(batch.forms), self.words(batch.head_forms)]
        parts += [table(batch.tokens[..., k]) for k, table in enumerate(self.tokens)]
        packed = nn.utils.rnn.pack_padded_sequence(
            self.dropout(torch.cat(parts, -1)), batch.lengths, batch_first=True, enforce_sorted=False
        )
        read, _ = nn.utils.rnn.pad_packed_sequence(self.reader(packed)[0], batch_first=True)
        read = self.dropout(read)
        rows = torch.arange(len(read))
        edges = torch.cat([read[rows, batch.first], read[rows, batch.last]], -1)
        quotation = [table(batch.quotation[:, k]) for k, table in enumerate(self.quotation)]
        about = self.about(torch.cat([edges, *quotation], -1))
        owner = batch.owner
        pairs = torch.cat([table(batch.pairs[:, k]) for k, table in enumerate(self.pairs)], -1)
        scored = self.scorer(
            torch.cat(
                [
                    read[owner, batch.candidates],
                    read[owner, batch.governors],
                    self.dropout(pairs),
                    about[owner],
                ],
                -1,
            )
        ).squeeze(-1)
        scores = torch.full((len(read), 2 + batch.most), -torch.inf)
        scores[:, :2] = self.none(about)
        scores[owner, 2 + batch.rank] = scored
        return torch.log_softmax(scores, -1)


@dataclass(frozen=True)
class Batch:
    """Examples as tensors: windows padded to one length, candidates of all examples in one row."""

    forms: torch.Tensor
    head_forms: torch.Tensor
    tokens: torch.Tensor
    lengths: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    quotation: torch.Tensor
    candidates: torch.Tensor
    governors: torch.Tensor
    pairs: torch.Tensor
    owner: torch.Tensor
    rank: torch.Tensor
    most: int


def make_batch(examples: Sequence[Example], table: dict[str, int]) -> Batch:
    """Lay out examples; `table` gives each known word's row."""
    width = max(len(e.forms) for e in examples)

    def words(forms: Sequence[str]) -> list[int]:
        return [table.get(f, UNKNOWN) for f in forms] + [PADDING] * (width - len(forms))

    blank = (0,) * len(TOKEN_SIZES)
    owner = [n for n, e in enumerate(examples) for _ in e.candidates]
    return Batch(
        forms=torch.tensor([words(e.forms) for e in examples]),
        head_forms=torch.tensor([words(e.head_forms) for e in examples]),
        tokens=torch.tensor([list(e.tokens) + [blank] * (width - len(e.tokens)) for e in examples]),
        lengths=torch.tensor([len(e.forms) for e in examples]),
        first=torch.tensor([e.first for e in examples]),
        last=torch.tensor([e.last for e in examples]),
        quotation=torch.tensor([e.quotation for e in examples]),
        candidates=torch.tensor([c for e in examples for c in e.candidates], dtype=torch.long),
        governors=torch.tensor([g for e in examples for g in e.governors], dtype=torch.long),
        pairs=torch.tensor([p for e in examples for p in e.pairs], dtype=torch.long).view(
            -1, len(PAIR_SIZES)
        ),
        owner=torch.tensor(owner, dtype=torch.long),
        rank=torch.tensor([k for e in examples for k in range(len(e.candidates))], dtype=torch.long),
        most=max(len(e.candidates) for e in examples),
    )


FILE = Path(__file__).parent / "models" / "ranker.pt"


@dataclass(frozen=True)
class Ensemble:
    """Networks trained from different seeds, whose answers are averaged.

    `table` gives each known word's row; `temperature` makes the probabilities as sure as they are right.
    """

    members: tuple[Ranker, ...]
    table: dict[str, int]
    temperature: float

    def weigh(self, examples: Sequence[Example]) -> list[list[float]]:
        """Probabilities, a row an example: no speech, no speaker, then its candidates."""
        if not examples:
            return []
        batch = make_batch(examples, self.table)
        with torch.inference_mode():
            scores = torch.stack([member(batch) for member in self.members]).mean(0)
            rows = torch.softmax(scores / self.temperature, -1).tolist()
        return [row[: 2 + len(e.candidates)] for row, e in zip(rows, examples, strict=True)]


@cache
def load_ranker() -> Ensemble:
    """The networks that come with the package."""
    saved = torch.load(FILE, map_location="cpu", weights_only=True)
    members = []
    for weights in saved["members"]:
        ranker = Ranker(Shape(**saved["shape"]))
        weights = {**weights, "words.weight": saved["vectors"]}
        ranker.load_state_dict({name: values.float() for name, values in weights.items()})
        members.append(ranker.eval())
    table = {word: row for row, word in enumerate(saved["words"])}
    return Ensemble(tuple(members), table, saved["temperature"])
