"""Train the ranker of quotations' speakers: python -m training.ranker --work DIR [--bench DIR] [--epochs N]

Reads PolNeAR's training part (--bench) and the articles written for training; writes
quotetrack/quotations/models/ranker.pt. Articles, not quotations, are held out for the temperature.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch

from quotetrack.language.loading import load_pipeline
from quotetrack.quotations.ranker import FILE, PADDING, UNKNOWN, Batch, Ensemble, Ranker, Shape, make_batch
from training.attributions import Labelled, annotate, label, read_gold, written_articles

# Dimensions kept of the bundled word vectors, and how many of their commonest words.
DIMENSIONS, COMMON_WORDS = 64, 20_000
# A word that the vectors lack is learnt as itself from this many examples on: <person>, <mark>, …
OWN_WORD = 20
BATCH, RATE, DECAY, WORD_DROPOUT = 48, 2.5e-3, 1e-3, 0.12
# One article in so many tells the temperature and is not learnt from.
HELD_OUT = 12
# Articles of ours are in many newspapers' ways of writing, PolNeAR's in one country's: they count for more.
WRITTEN_WEIGHT = 2


def word_table(examples: Sequence[Labelled]) -> tuple[list[str], torch.Tensor]:
    """The words that the ranker knows, and their vectors: the bundled ones on their principal components."""
    pretrain = load_pipeline(processors="tokenize,mwt,pos").processors["pos"].pretrain
    vectors = torch.as_tensor(pretrain.emb).float()
    units = [w for w in pretrain.vocab._id2unit if w.islower() or not w.isalpha()]
    seen = Counter(form for e in examples for form in {*e.example.forms, *e.example.head_forms})
    known = set(pretrain.vocab._id2unit)
    words = list(dict.fromkeys(sorted(w for w in seen if w in known) + units))[:COMMON_WORDS]
    rows = torch.stack([vectors[pretrain.vocab.unit2id(w)] for w in words])
    rows = rows - rows.mean(0)
    _, _, axes = torch.pca_lowrank(rows, q=DIMENSIONS, niter=4)
    rows = rows @ axes
    rows = rows / rows.std() * 0.5
    own = sorted(w for w, n in seen.items() if n >= OWN_WORD and w not in known)
    names = ["<padding>", "<unknown>", *own, *words]
    start = torch.randn(2 + len(own), DIMENSIONS) * 0.3
    start[PADDING] = 0
    return names, torch.cat([start, rows])


def drop_words(batch: Batch) -> None:
    """Make some words unknown, so that verbs never seen are read by their place as well."""
    for forms in (batch.forms, batch.head_forms):
        forms[(torch.rand(forms.shape) < WORD_DROPOUT) & (forms != PADDING)] = UNKNOWN


def loss_of(scores: torch.Tensor, part: Sequence[Labelled]) -> torch.Tensor:
    """Minus the log probability of all right answers together."""
    right = torch.full_like(scores, -torch.inf)
    for row, labelled in enumerate(part):
        right[row, list(labelled.right)] = 0
    return -torch.logsumexp(scores + right, -1).mean()


def train(
    examples: Sequence[Labelled],
    table: dict[str, int],
    vectors: torch.Tensor,
    shape: Shape,
    epochs: int,
    seed: int,
) -> Ranker:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    ranker = Ranker(shape)
    ranker.words.weight.data.copy_(vectors)
    ranker.words.weight.requires_grad = False
    learnt = [w for w in ranker.parameters() if w.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=RATE, weight_decay=DECAY)
    steps = epochs * math.ceil(len(examples) / BATCH)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        ranker.train()
        started, total = time.monotonic(), 0.0
        order = sorted(
            range(len(examples)), key=lambda n: len(examples[n].example.forms) + chance.random() * 40
        )
        parts = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        chance.shuffle(parts)
        for numbers in parts:
            part = [examples[n] for n in numbers]
            batch = make_batch([e.example for e in part], table)
            drop_words(batch)
            loss = loss_of(ranker(batch), part)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learnt, 5.0)
            optimizer.step()
            rate.step()
            total += loss.item()
        print(
            f"seed {seed} epoch {epoch} loss {total / len(parts):.4f} {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return ranker.eval()


def best_temperature(ensemble: Ensemble, held_out: Sequence[Labelled]) -> float:
    """The temperature under which the held-out right answers are likeliest (Guo et al. 2017)."""

    cold = Ensemble(ensemble.members, ensemble.table, 1.0)
    rows = [
        row
        for n in range(0, len(held_out), BATCH)
        for row in cold.weigh([e.example for e in held_out[n : n + BATCH]])
    ]
    logs = [
        (torch.tensor(row).clamp_min(1e-12).log(), list(e.right))
        for row, e in zip(rows, held_out, strict=True)
    ]

    def loss(temperature: float) -> float:
        return -sum(torch.log_softmax(log / temperature, 0)[right].logsumexp(0).item() for log, right in logs)

    return min((t / 20 for t in range(14, 61)), key=loss)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    arguments.add_argument("--work", type=Path, required=True)
    arguments.add_argument("--epochs", type=int, default=7)
    arguments.add_argument("--seeds", type=int, default=3)
    arguments.add_argument("--hidden", type=int, default=96)
    arguments.add_argument("--out", type=Path, default=FILE)
    given = arguments.parse_args()
    torch.set_num_threads(1)
    polnear = [
        e
        for a in annotate(list(read_gold(given.bench / "polnear_train.jsonl")), given.work)
        for e in label(a)
    ]
    written = [e for a in annotate(list(written_articles()), given.work) for e in label(a)]
    print(len(polnear), "examples of PolNeAR,", len(written), "of our own")
    keys = sorted({e.article for e in [*polnear, *written]})
    kept = set(keys[::HELD_OUT])
    held_out = [e for e in [*polnear, *written] if e.article in kept]
    examples = [e for e in [*polnear, *written * WRITTEN_WEIGHT] if e.article not in kept]
    words, vectors = word_table(examples)
    table = {word: row for row, word in enumerate(words)}
    shape = Shape(len(words), DIMENSIONS, hidden=given.hidden, dropout=0.35)
    members = [train(examples, table, vectors, shape, given.epochs, seed) for seed in range(given.seeds)]
    temperature = best_temperature(Ensemble(tuple(members), table, 1.0), held_out)
    print("temperature", temperature)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(
        {
            "words": words,
            "vectors": vectors.half(),
            "shape": vars(shape),
            "temperature": temperature,
            "members": [
                {k: v.half() for k, v in m.state_dict().items() if k != "words.weight"} for m in members
            ],
        },
        given.out,
    )


if __name__ == "__main__":
    sys.exit(main())
