"""Train the tagger (UPOS, XPOS): python -m training.pos --work DIR --minutes N [--again]

Needs training.treebanks and training.vectors first. With --again it goes on from the tagger that is there,
with the names that training.silver made of its mistakes.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from training.common import SHORTHAND, Folders, falling_rate, options, parser, train_in_bfloat16, vocabulary

SIZES = {
    "hidden_dim": 160, "num_layers": 2, "deep_biaff_hidden_dim": 160, "word_emb_dim": 50, "tag_emb_dim": 50,
    "transformed_dim": 100, "char_emb_dim": 32, "char_hidden_dim": 64,
}  # fmt: skip
RATE, RATE_AGAIN = 4e-3, 1.2e-3
BATCH_SENTENCES = 64
EVALUATE_EVERY = 300  # steps
FEATS = 5


def without_features(source: Path, target: Path) -> Path:
    """The treebank without its morphological features, which nothing in QuoteTrack reads."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            columns = line.split("\t")
            if len(columns) > FEATS:
                columns[FEATS] = "_"
            out.write("\t".join(columns))
    return target


def main(place: Folders, minutes: float, again: bool) -> None:
    from stanza.models import tagger
    from stanza.models.pos.model import Tagger

    train_in_bfloat16(Tagger)
    rate = RATE_AGAIN if again else RATE

    files = {
        part: without_features(
            place.treebanks / f"en_news.{part}.gold.conllu", place.treebanks / f"en_news.{part}.tags.conllu"
        )
        for part in ("train", "dev")
    }
    train_files = str(files["train"])
    if again:
        train_files += f";{place.treebanks / 'silver.tags.conllu'}"
        before = place.models / "pos.pt"
        # The trainer has no way of its own to go on from a model.
        known = vocabulary(before)
        tagger.Dataset.init_vocab = staticmethod(lambda *_: known)
        tagger.Trainer = partial(tagger.Trainer, model_file=str(before))
    with falling_rate(minutes, rate, EVALUATE_EVERY):
        tagger.main(
            options(
                "share_hid",  # much faster
                "no_second_optim",
                "fix_eval_interval",
                **SIZES,
                mode="train",
                lang="en",
                shorthand=SHORTHAND,
                train_file=train_files,
                eval_file=files["dev"],
                wordvec_pretrain_file=place.vectors,
                optim="adam",
                lr=rate,
                beta2=0.95,
                dropout=0.35,
                word_dropout=0.2,
                batch_size=BATCH_SENTENCES,
                augment_nopunct=0.1,
                max_steps=1_000_000,
                max_steps_before_stop=1_000_000,
                eval_interval=EVALUATE_EVERY,
                log_step=100,
                save_dir=place.models,
                save_name="pos.pt",
                device="cpu",
            )
        )


if __name__ == "__main__":
    given = parser(__doc__)
    given.add_argument("--minutes", type=float, default=30)
    given.add_argument("--again", action="store_true", help="go on from the model that is there")
    asked = given.parse_args()
    main(Folders(asked.data, asked.work), asked.minutes, asked.again)
