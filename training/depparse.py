"""Train the parser: python -m training.depparse --work DIR --minutes N

Needs training.retag and training.vectors first. With --again it goes on from a parser that is there.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from training.common import SHORTHAND, Folders, falling_rate, options, parser, vocabulary

# A small network: the parser is the slowest part of the pipeline at run time.
SIZES = {
    "hidden_dim": 200, "num_layers": 2, "deep_biaff_hidden_dim": 100, "tag_emb_dim": 40, "word_emb_dim": 50,
    "transformed_dim": 100,
}  # fmt: skip
RATE, RATE_AGAIN = 3e-3, 1e-3
BATCH_WORDS = 1500
EVALUATE_EVERY = 200  # steps


def main(place: Folders, minutes: float, train_file: Path, again: Path | None, save_name: str) -> None:
    from stanza.models import parser as trainer

    from training import gold_arcs

    gold_arcs.install()
    rate = RATE_AGAIN if again else RATE

    # Characters say what the tags say already; linearization and distance cost a quarter of the time,
    # in training and at run time.
    flags = ["no_char", "no_linearization", "no_distance"]
    flags += ["no_ufeats", "no_second_optim", "no_plateau", "no_checkpoint"]
    command = options(
        *flags,
        **SIZES,
        mode="train",
        lang="en",
        shorthand=SHORTHAND,
        train_file=train_file,
        eval_file=place.treebanks / "en_news.dev.retagged.conllu",
        wordvec_pretrain_file=place.vectors,
        optim="adam",
        lr=rate,
        beta2=0.95,
        weight_decay=0,
        dropout=0.35,
        word_dropout=0.2,
        batch_size=BATCH_WORDS,
        max_steps=1_000_000,
        max_steps_before_stop=1_000_000,
        eval_interval=EVALUATE_EVERY,
        log_step=100,
        save_dir=place.models,
        save_name=save_name,
        device="cpu",
    )
    if again:
        command += options(continue_from=again)
        # The trainer would number words and tags anew, by their frequency in this text.
        trainer.DataLoader = partial(trainer.DataLoader, vocab=vocabulary(again))
    with falling_rate(minutes, rate, EVALUATE_EVERY):
        trainer.main(command)


if __name__ == "__main__":
    given = parser(__doc__)
    given.add_argument("--minutes", type=float, default=60)
    given.add_argument("--train-file", type=Path, help="default: the treebanks with the tagger's tags")
    given.add_argument("--again", type=Path, help="a parser to go on from")
    given.add_argument("--save-name", default="depparse.pt")
    asked = given.parse_args()
    where = Folders(asked.data, asked.work)
    retagged = where.treebanks / "en_news.train.retagged.conllu"
    main(where, asked.minutes, asked.train_file or retagged, asked.again, asked.save_name)
