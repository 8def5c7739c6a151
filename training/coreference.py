"""Learn what makes somebody present to the reader: python -m training.coreference --work DIR

Prints the weights of quotetrack/quotations/coreference.py (WEIGHTS), learnt from the pronouns that are
speakers' mentions in the articles written for training: of the referents that agree with each, the named
speaker should weigh most (a softmax over them, by L-BFGS, with a little decay towards nothing).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from quotetrack.names import normalise
from quotetrack.quotations import english
from quotetrack.quotations.coreference import WEIGHTS, Features, Resolver
from quotetrack.quotations.mentions import Mention
from quotetrack.quotations.referents import Referent
from training.attributions import Annotated, Gold, annotate, written_articles

DECAY = 5e-3


class Observer(Resolver):
    """A resolver that is told who the speakers are, and notes what it had to choose from."""

    def __init__(self, annotated: Annotated) -> None:
        super().__init__(annotated.reading)
        self.choices: list[tuple[list[Features], int]] = []
        self._told_names = {
            mention.head: gold["names"]
            for gold in annotated.gold
            if gold is not None and gold["speech"] and gold["sources"] and gold["names"]
            for mention in annotated.mentions
            if _is(mention, gold)
        }

    def _antecedent(self, at: int, pronoun: str) -> Referent | None:
        names = self._told_names.get(at)
        if names is None or pronoun not in english.HE | english.SHE:
            return super()._antecedent(at, pronoun)
        rows, right, chosen = [], -1, None
        for referent in self.candidates(pronoun):
            features = self.presence(referent, at, pronoun)
            if features is not None:
                if is_named(referent, names):
                    right, chosen = len(rows), referent
                rows.append(features)
        if right >= 0 and len(rows) > 1:
            self.choices.append((rows, right))
        return chosen


def _is(mention: Mention, gold: Gold) -> bool:
    return any(mention.span.start < end and start < mention.span.end for start, end in gold["sources"])


def is_named(referent: Referent, names: Sequence[str]) -> bool:
    """Whether a referent has one of these names."""
    wanted = [set(normalise(name).split()) for name in names]
    return any(set(normalise(form).split()) == want for form in referent.forms for want in wanted)


def learn(choices: Sequence[tuple[list[Features], int]]) -> list[float]:
    weights = torch.tensor(WEIGHTS, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        terms = [-torch.log_softmax(torch.tensor(rows) @ weights, 0)[right] for rows, right in choices]
        total = torch.stack(terms).mean() + DECAY * (weights**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return weights.tolist()


def right(choices: Sequence[tuple[list[Features], int]], weights: Sequence[float]) -> float:
    """The share of choices that the weights make right."""
    table = torch.tensor(weights)
    return sum(int((torch.tensor(rows) @ table).argmax()) == n for rows, n in choices) / len(choices)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--work", type=Path, required=True)
    given = arguments.parse_args()
    choices = []
    for annotated in annotate(list(written_articles()), given.work):
        observer = Observer(annotated)
        speaking = dict.fromkeys(observer._told_names)
        observer.resolve(annotated.mentions, speaking)
        choices += observer.choices
    held_out, learnt_from = choices[::5], [c for n, c in enumerate(choices) if n % 5]
    weights = learn(learnt_from)
    print(len(choices), "choices")
    print("held out: as it is", right(held_out, WEIGHTS), "learnt", right(held_out, weights))
    print("WEIGHTS =", tuple(round(w, 2) for w in learn(choices)))


if __name__ == "__main__":
    main()
