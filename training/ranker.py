"""Train the ranker of quotations' speakers: python -m training.ranker --work DIR [--bench DIR] [--data DIR]

Reads PolNeAR's training part (--bench), the annotated newswire (its texts in --data) and the articles written
for training; writes quotetrack/quotations/models/ranker.pt. Articles, not quotations, are held out for the
temperature, and for which of the networks of several seeds is kept: the likeliest to be right there.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch.optim.swa_utils import AveragedModel

from quotetrack.language.loading import load_pipeline
from quotetrack.quotations.ranker import (
    FILE,
    PADDING,
    UNKNOWN,
    Batch,
    Ranker,
    Shape,
    TrainedRanker,
    make_batch,
)
from training.attributions import Labelled, annotate, label, read_gold, written_articles
from training.standoff import newswire_articles

# Dimensions kept of the bundled word vectors, and how many of their commonest words.
DIMENSIONS, COMMON_WORDS = 64, 20_000
# A word that the vectors lack is learnt as itself from this many examples on: <person>, <mark>, …
OWN_WORD = 20
BATCH, RATE, WARM_UP, DECAY, WORD_DROPOUT, DROPOUT = 48, 2.5e-3, 0.1, 1e-3, 0.12, 0.35
# One article in so many tells the temperature and is not learnt from.
HELD_OUT = 20
# Newswire and the articles of ours are in many newspapers' ways of writing, PolNeAR's in one country's: they
# count for more.
POLNEAR_WEIGHT, NEWSWIRE_WEIGHT, WRITTEN_WEIGHT = 1.0, 2.0, 1.5
# What the first weighing's answer counts for, beside the second's.
FIRST_WEIGHT = 0.5
# After the epochs of training, so many cycles of so many epochs from a smaller rate down to none; the mean of
# the weights at their ends is what is kept (stochastic weight averaging: Izmailov et al. 2018). On articles
# held out the right answers became likelier by 4 % in four cycles, by 3 % with the last one's weights alone.
CYCLES, CYCLE_EPOCHS, CYCLE_RATE, CYCLE_WARM_UP = 8, 2, 1.2e-3, 0.25

Weighted = tuple[Labelled, float]
# A batch, its right answers and what each example counts for.
Part = tuple[Batch, torch.Tensor, torch.Tensor]


def word_table(articles: Sequence[Labelled]) -> tuple[list[str], torch.Tensor]:
    """The words that the ranker knows, and their vectors: the bundled ones on their principal components."""
    pretrain = load_pipeline(processors="tokenize,mwt,pos").processors["pos"].pretrain
    vectors = torch.as_tensor(pretrain.emb).float()
    units = [w for w in pretrain.vocab._id2unit if w.islower() or not w.isalpha()]
    seen = Counter(form for a in articles for e in a.examples for form in {*e.forms, *e.head_forms})
    known = set(pretrain.vocab._id2unit)
    words = list(dict.fromkeys(sorted(w for w in seen if w in known) + units))[:COMMON_WORDS]
    rows = torch.stack([vectors[pretrain.vocab.unit2id(w)] for w in words])
    rows = rows - rows.mean(0)
    torch.manual_seed(0)
    _, _, axes = torch.pca_lowrank(rows, q=DIMENSIONS, niter=4)
    rows = rows @ axes
    rows = rows / rows.std() * 0.5
    own = sorted(w for w, n in seen.items() if n >= OWN_WORD and w not in known)
    names = ["<padding>", "<unknown>", *own, *words]
    start = torch.randn(2 + len(own), DIMENSIONS) * 0.3
    start[PADDING] = 0
    return names, torch.cat([start, rows])


def drop_words(batch: Batch) -> Batch:
    """Make some words unknown, so that verbs never seen are read by their place as well."""

    def dropped(forms: torch.Tensor) -> torch.Tensor:
        return forms.masked_fill((torch.rand(forms.shape) < WORD_DROPOUT) & (forms != PADDING), UNKNOWN)

    return replace(batch, forms=dropped(batch.forms), head_forms=dropped(batch.head_forms))


def right_answers(articles: Sequence[Labelled], batch: Batch) -> torch.Tensor:
    """For each example 0 at the answers that are right, -inf elsewhere; all 0 where none is known."""
    rights = [right for article in articles for right in article.right]
    found = torch.full((len(rights), 2 + batch.most), -torch.inf)
    for row, right in enumerate(rights):
        found[row, list(right) if right else slice(None)] = 0
    return found


def loss_of(scores: torch.Tensor, right: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Minus the log probability of all right answers together."""
    return -(weights * torch.logsumexp(scores + right, -1)).mean()


def make_parts(articles: Sequence[Weighted], chance: random.Random) -> list[list[Weighted]]:
    """The articles in random order, as many together as have a batch's examples."""
    parts: list[list[Weighted]] = [[]]
    for article in chance.sample(articles, len(articles)):
        if sum(len(a.examples) for a, _ in parts[-1]) >= BATCH:
            parts.append([])
        parts[-1].append(article)
    return parts


def train(
    articles: Sequence[Weighted],
    table: dict[str, int],
    vectors: torch.Tensor,
    shape: Shape,
    epochs: int,
    seed: int,
) -> Ranker:
    torch.manual_seed(seed)
    ranker = Ranker(shape)
    ranker.words.weight.data.copy_(vectors)
    ranker.words.weight.requires_grad = False
    chance = random.Random(seed)
    # Made once: laying out takes as long as learning.
    parts = []
    for part in make_parts(articles, chance):
        batch = make_batch([a.examples for a, _ in part], table)
        weights = torch.tensor([weight for a, weight in part for _ in a.examples])
        parts.append((batch, right_answers([a for a, _ in part], batch), weights))
    learn(ranker, parts, epochs, RATE, WARM_UP, chance)
    mean = AveragedModel(ranker)
    for _ in range(CYCLES):
        learn(ranker, parts, CYCLE_EPOCHS, CYCLE_RATE, CYCLE_WARM_UP, chance)
        mean.update_parameters(ranker)
    kept: Ranker = mean.module
    return kept.eval()


def learn(
    ranker: Ranker, parts: list[Part], epochs: int, rate: float, warm_up: float, chance: random.Random
) -> None:
    """Learn from all parts in so many epochs, the rate rising at first and then falling to none."""
    learnt = [w for w in ranker.parameters() if w.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=rate, weight_decay=DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=epochs * len(parts), pct_start=warm_up
    )
    ranker.train()
    for epoch in range(epochs):
        started, total = time.monotonic(), 0.0
        chance.shuffle(parts)
        for batch, right, weights in parts:
            first, second = ranker(drop_words(batch))
            loss = loss_of(second, right, weights) + FIRST_WEIGHT * loss_of(first, right, weights)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learnt, 5.0)
            optimizer.step()
            rates.step()
            total += loss.item()
        print(f"epoch {epoch} loss {total / len(parts):.4f} {time.monotonic() - started:.0f} s", flush=True)


def held_out_logs(
    ranker: TrainedRanker, held_out: Sequence[Labelled]
) -> list[tuple[torch.Tensor, list[int]]]:
    """For each labelled quotation the logarithms of the answers' probabilities, and the right ones."""
    return [
        (torch.tensor(row).clamp_min(1e-12).log(), list(right))
        for article in held_out
        for row, right in zip(ranker.weigh([article.examples])[0], article.right, strict=True)
        if right
    ]


def held_out_loss(logs: Sequence[tuple[torch.Tensor, list[int]]], temperature: float) -> float:
    """Minus the mean log probability of the right answers under a temperature."""
    rights = [torch.log_softmax(log / temperature, 0)[right].logsumexp(0).item() for log, right in logs]
    return -sum(rights) / len(rights)


def best_temperature(ranker: TrainedRanker, held_out: Sequence[Labelled]) -> float:
    """The temperature under which the held-out right answers are likeliest (Guo et al. 2017)."""
    logs = held_out_logs(replace(ranker, temperature=1.0), held_out)
    return min((t / 20 for t in range(14, 61)), key=lambda temperature: held_out_loss(logs, temperature))


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    arguments.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--epochs", type=int, default=6)
    arguments.add_argument("--seeds", type=int, default=4)
    arguments.add_argument("--hidden", type=int, default=96)
    arguments.add_argument("--out", type=Path, default=FILE)
    given = arguments.parse_args()
    torch.set_num_threads(1)
    sources = {
        "PolNeAR": (POLNEAR_WEIGHT, list(read_gold(given.bench / "polnear_train.jsonl"))),
        "newswire": (NEWSWIRE_WEIGHT, list(newswire_articles(given.data, held_out=False))),
        "written": (WRITTEN_WEIGHT, list(written_articles())),
    }
    articles: list[Weighted] = []
    held_out: list[Labelled] = []
    for name, (weight, golds) in sources.items():
        labelled = [label(annotated) for annotated in annotate(golds, given.work)]
        print(name, sum(map(bool, (right for a in labelled for right in a.right))), "labelled quotations")
        held_out += labelled[::HELD_OUT]
        articles += [(a, weight) for n, a in enumerate(labelled) if n % HELD_OUT]
    words, vectors = word_table([a for a, _ in articles])
    table = {word: row for row, word in enumerate(words)}
    shape = Shape(len(words), DIMENSIONS, hidden=given.hidden, dropout=DROPOUT)
    trained = [
        TrainedRanker(train(articles, table, vectors, shape, given.epochs, seed), table, 1.0)
        for seed in range(given.seeds)
    ]
    losses = [held_out_loss(held_out_logs(ranker, held_out), 1.0) for ranker in trained]
    best = trained[losses.index(min(losses))]
    temperature = best_temperature(best, held_out)
    print("held-out losses by seed", [round(loss, 4) for loss in losses], "temperature", temperature)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(
        {
            "words": words,
            "vectors": vectors.half(),
            "shape": vars(shape),
            "temperature": temperature,
            "weights": {k: v.half() for k, v in best.network.state_dict().items() if k != "words.weight"},
        },
        given.out,
    )


if __name__ == "__main__":
    sys.exit(main())
