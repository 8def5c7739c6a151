"""Train the tagger (UPOS, XPOS): python -m training.pos --work DIR --minutes N

Needs training.treebanks and training.vectors first.
"""

from __future__ import annotations

from pathlib import Path

from training.common import SHORTHAND, Folders, falling_rate, options, parser

SIZES = {
    "hidden_dim": 160, "num_layers": 2, "deep_biaff_hidden_dim": 160, "word_emb_dim": 50, "tag_emb_dim": 50,
    "transformed_dim": 100, "char_emb_dim": 32, "char_hidden_dim": 64,
}  # fmt: skip
RATE = 4e-3
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


def main(place: Folders, minutes: float) -> None:
    from stanza.models import tagger

    files = {
        part: without_features(
            place.treebanks / f"en_news.{part}.gold.conllu", place.treebanks / f"en_news.{part}.tags.conllu"
        )
        for part in ("train", "dev")
    }
    with falling_rate(minutes):
        tagger.main(
            options(
                "share_hid",  # much faster
                "no_second_optim",
                "fix_eval_interval",
                **SIZES,
                mode="train",
                lang="en",
                shorthand=SHORTHAND,
                train_file=files["train"],
                eval_file=files["dev"],
                wordvec_pretrain_file=place.vectors,
                optim="adam",
                lr=RATE,
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
    asked = given.parse_args()
    main(Folders(asked.data, asked.work), asked.minutes)
