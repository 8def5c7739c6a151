"""Train the tagger of names: python -m training.ner --work DIR --minutes N [--again]

Needs training.newswire and training.vectors first.
"""

from __future__ import annotations

from training.common import SHORTHAND, Folders, falling_rate, options, parser

SIZES = {"hidden_dim": 224, "char_hidden_dim": 64, "char_emb_dim": 32}
RATE, RATE_AGAIN = 3e-3, 1.2e-3
BATCH_SENTENCES = 64
BATCH_WORDS = 2400
EVALUATE_EVERY = 100  # steps


def main(place: Folders, minutes: float, again: bool) -> None:
    import torch
    from stanza.models import ner_tagger

    width = torch.load(place.vectors, weights_only=True, mmap=True)["emb"].shape[1]
    rate = RATE_AGAIN if again else RATE
    command = options(
        "no_emb_finetune",
        **SIZES,
        mode="train",
        shorthand=SHORTHAND,
        train_file=place.work / "newswire" / "train.json",
        eval_file=place.work / "newswire" / "dev.json",
        wordvec_pretrain_file=place.vectors,
        word_emb_dim=width,
        optim="adam",
        lr=rate,
        lr_decay=0,
        min_lr=0,  # the trainer stops at once at this rate or under
        dropout=0.4,
        word_dropout=0.02,
        batch_size=BATCH_SENTENCES,
        max_batch_words=BATCH_WORDS,
        max_steps=1_000_000,
        max_steps_no_improve=1_000_000,
        eval_interval=EVALUATE_EVERY,
        log_step=100,
        save_dir=place.models,
        save_name="ner.pt",
        device="cpu",
    )
    if again:
        command += options("finetune", finetune_load_name=place.models / "ner.pt")
    with falling_rate(minutes, rate, EVALUATE_EVERY):
        ner_tagger.main(command)


if __name__ == "__main__":
    given = parser(__doc__)
    given.add_argument("--minutes", type=float, default=30)
    given.add_argument("--again", action="store_true", help="go on from the model that is there")
    asked = given.parse_args()
    main(Folders(asked.data, asked.work), asked.minutes, asked.again)
