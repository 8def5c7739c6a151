"""The ranker: a small network that weighs the mentions near a quotation, and whether it is speech at all.

A bidirectional LSTM reads the window of `features.describe`; each candidate, and the two answers "no speech"
and "the article does not tell", gets a score; a softmax over them is the probability. The quotations of an
article are read together: each is weighed a second time with what the first weighing says of its neighbours,
for who speaks on is whoever spoke before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, chain, repeat
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from quotetrack.quotations.features import PAIR_SIZES, QUOTATION_SIZES, TOKEN_SIZES, Example

# Rows of the word table that are no words.
PADDING, UNKNOWN = 0, 1
NOT_SPEECH, NO_SPEAKER = 0, 1


@dataclass(frozen=True)
class Shape:
    """The network's sizes, saved beside its weights."""

    words: int
    vector: int
    token: int = 64
    hidden: int = 96
    pair: int = 12
    scorer: int = 96
    second: int = 32
    dropout: float = 0.0


class Ranker(nn.Module):
    """Scores for the candidates of a batch of examples."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.words, shape.vector, padding_idx=PADDING)
        self.word = nn.Linear(shape.vector, shape.token)
        self.head = nn.Linear(shape.vector, shape.token, bias=False)
        self.tokens = nn.ModuleList(nn.Embedding(size, shape.token) for size in TOKEN_SIZES)
        self.forwards = nn.LSTM(shape.token, shape.hidden, batch_first=True)
        self.backwards = nn.LSTM(shape.token, shape.hidden, batch_first=True)
        self.pairs = nn.ModuleList(nn.Embedding(size, shape.pair) for size in PAIR_SIZES)
        self.quotation = nn.ModuleList(nn.Embedding(size, shape.pair) for size in QUOTATION_SIZES)
        self.dropout = nn.Dropout(shape.dropout)
        about = 4 * shape.hidden + shape.pair * len(QUOTATION_SIZES)
        self.about = nn.Sequential(nn.Linear(about, shape.scorer), nn.ReLU(), nn.Dropout(shape.dropout))
        candidate = 4 * shape.hidden + shape.pair * len(PAIR_SIZES) + shape.scorer
        self.candidate = nn.Sequential(
            nn.Linear(candidate, shape.scorer), nn.ReLU(), nn.Dropout(shape.dropout)
        )
        self.first = nn.Linear(shape.scorer, 1)
        self.first_none = nn.Linear(shape.scorer, 2)
        self.second = _again(shape, 8, 1)
        self.second_none = _again(shape, 6, 2)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """As `weigh` does it."""
        return self.weigh(batch, self.inputs())

    def inputs(self) -> torch.Tensor:
        """What each word, each head's word and each category adds to what the LSTM reads, a row each."""
        words = self.words.weight
        return torch.cat([self.word(words), self.head(words), *self.tokens.parameters()])

    def weigh(self, batch: Batch, inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Log probabilities of the first and of the second weighing.

        A row an example: no speech, no speaker, then its candidates (else -inf). `inputs` never change once
        the network has learnt.
        """
        rows = torch.cat([batch.forms[..., None], batch.head_forms[..., None], batch.tokens], -1)
        rows = rows + _starts((self.shape.words, self.shape.words, *TOKEN_SIZES))
        tokens = functional.embedding_bag(rows.flatten(0, 1), inputs, mode="sum")
        read = self._read(self.dropout(tokens), batch)
        every, owner = torch.arange(len(batch.lengths)), batch.owner
        quotation = self.dropout(_side_by_side(self.quotation, batch.quotation))
        about = self.about(torch.cat([read(every, batch.first), read(every, batch.last), quotation], -1))
        pairs = self.dropout(_side_by_side(self.pairs, batch.pairs))
        places = [read(owner, batch.candidates), read(owner, batch.governors)]
        candidates = self.candidate(torch.cat([*places, pairs, about[owner]], -1))
        first, none = self.first(candidates).squeeze(-1), self.first_none(about)
        once = _laid_out(batch, first, none)
        # What the neighbours' first answers say of this mention, of speech and of silence; 0 without one.
        said = once.exp()
        blank = said.new_zeros(1)
        mentions = torch.cat([said[owner, 2 + batch.rank], blank])[batch.same]
        silence = torch.cat([said[:, :2], said.new_zeros(1, 2)])[batch.beside].flatten(1)
        beside = torch.cat([silence, (batch.beside >= 0).to(said.dtype)], -1)
        again = self.second(torch.cat([candidates, mentions, beside[owner]], -1)).squeeze(-1)
        none_again = self.second_none(torch.cat([about, beside], -1))
        return once, _laid_out(batch, first + again, none + none_again)

    def _read(
        self, tokens: torch.Tensor, batch: Batch
    ) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
        """The windows read both ways: what is said at places in them, by the rows of the examples.

        Padding is last; much faster to learn than PyTorch's packed sequences.
        """
        examples, width = batch.forms.shape
        places = torch.arange(width)
        mirrored = batch.lengths[:, None] - 1 - places
        mirrored = torch.where(mirrored >= 0, mirrored, places) + width * torch.arange(examples)[:, None]
        backwards = self.dropout(self.backwards(functional.embedding(mirrored, tokens))[0])
        forwards = self.dropout(self.forwards(tokens.view(examples, width, -1))[0])

        def read(rows: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
            return torch.cat([forwards[rows, places], backwards[rows, batch.lengths[rows] - 1 - places]], -1)

        return read


def _starts(sizes: Sequence[int]) -> torch.Tensor:
    """Where the rows of each of several tables begin in all of them together."""
    return torch.tensor([0, *accumulate(sizes[:-1])])


def _side_by_side(tables: nn.ModuleList, rows: torch.Tensor) -> torch.Tensor:
    """The vectors of each row's categories, one after the other; a table a category."""
    weights: list[torch.Tensor] = list(tables.parameters())
    return functional.embedding(rows + _starts([len(w) for w in weights]), torch.cat(weights)).flatten(1)


def _again(shape: Shape, beside: int, answers: int) -> nn.Sequential:
    """The second weighing, of the first's insight and some numbers of the neighbours."""
    return nn.Sequential(
        nn.Linear(shape.scorer + beside, shape.second), nn.ReLU(), nn.Linear(shape.second, answers)
    )


def _laid_out(batch: Batch, candidates: torch.Tensor, none: torch.Tensor) -> torch.Tensor:
    scores = torch.full((len(none), 2 + batch.most), -torch.inf)
    scores[:, :2] = none
    scores[batch.owner, 2 + batch.rank] = candidates
    return torch.log_softmax(scores, -1)


@dataclass(frozen=True)
class Batch:
    """Examples as tensors: windows padded to one length, candidates of all examples in one row.

    `beside` are the rows of the examples before and after each, `same` the places of each candidate's mention
    among theirs; -1 where there is none.
    """

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
    beside: torch.Tensor
    same: torch.Tensor
    most: int


def make_batch(articles: Sequence[Sequence[Example]], table: dict[str, int]) -> Batch:
    """Lay out the examples of some articles; `table` gives each known word's row."""
    examples = [example for article in articles for example in article]
    lengths = np.array([len(e.forms) for e in examples])
    within = np.arange(lengths.max()) < lengths[:, None]

    def words(forms: Iterable[Sequence[str]]) -> torch.Tensor:
        return padded(np.fromiter(map(table.get, chain.from_iterable(forms), repeat(UNKNOWN)), np.int64))

    def padded(rows: np.ndarray) -> torch.Tensor:
        found = np.full(within.shape + rows.shape[1:], PADDING)
        found[within] = rows
        return torch.from_numpy(found)

    counts = [len(e.mentions) for e in examples]
    beside, same = _neighbours(articles)
    return Batch(
        forms=words(e.forms for e in examples),
        head_forms=words(e.head_forms for e in examples),
        tokens=padded(np.concatenate([e.tokens for e in examples])),
        lengths=torch.from_numpy(lengths),
        first=torch.tensor([e.first for e in examples]),
        last=torch.tensor([e.last for e in examples]),
        quotation=torch.tensor([e.quotation for e in examples]),
        candidates=torch.from_numpy(np.concatenate([e.candidates for e in examples])),
        governors=torch.from_numpy(np.concatenate([e.governors for e in examples])),
        pairs=torch.from_numpy(np.concatenate([e.pairs for e in examples])),
        owner=torch.arange(len(examples)).repeat_interleave(torch.tensor(counts)),
        rank=torch.from_numpy(np.concatenate([np.arange(count) for count in counts])),
        beside=torch.tensor(beside),
        same=torch.tensor(same, dtype=torch.long).view(-1, 2),
        most=max(counts),
    )


def _neighbours(
    articles: Sequence[Sequence[Example]],
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Of each example the rows of its neighbours, of each candidate its places among theirs, or -1."""
    beside: list[tuple[int, int]] = []
    same: list[tuple[int, int]] = []
    row = place = 0
    nowhere: dict[int, int] = {}
    for article in articles:
        places = []
        for example in article:
            places.append({mention: place + k for k, mention in enumerate(example.mentions)})
            place += len(example.mentions)
        for n, example in enumerate(article):
            before = places[n - 1] if n > 0 else nowhere
            after = places[n + 1] if n + 1 < len(article) else nowhere
            beside.append((row - 1 if n > 0 else -1, row + 1 if n + 1 < len(article) else -1))
            same += [(before.get(m, -1), after.get(m, -1)) for m in example.mentions]
            row += 1
    return beside, same


FILE = Path(__file__).parent / "models" / "ranker.pt"


@dataclass(frozen=True)
class TrainedRanker:
    """A network with what it was trained with.

    `table` gives each known word's row; `temperature` makes the probabilities as sure as they are right.
    """

    network: Ranker
    table: dict[str, int]
    temperature: float

    @cached_property
    def _inputs(self) -> torch.Tensor:
        return self.network.inputs()

    def weigh(self, articles: Sequence[Sequence[Example]]) -> list[list[list[float]]]:
        """Probabilities, a row an example of each article: no speech, no speaker, then its candidates."""
        if not any(articles):
            return [[] for _ in articles]
        batch = make_batch(articles, self.table)
        with torch.inference_mode():
            _, scores = self.network.weigh(batch, self._inputs)
            rows = iter(torch.softmax(scores / self.temperature, -1).tolist())
        return [[next(rows)[: 2 + len(e.candidates)] for e in article] for article in articles]


@cache
def load_ranker() -> TrainedRanker:
    """The network that comes with the package."""
    saved = torch.load(FILE, map_location="cpu", weights_only=True)
    network = Ranker(Shape(**saved["shape"]))
    weights = {**saved["weights"], "words.weight": saved["vectors"]}
    network.load_state_dict({name: values.float() for name, values in weights.items()})
    table = {word: row for row, word in enumerate(saved["words"])}
    return TrainedRanker(network.eval(), table, saved["temperature"])
