"""Train the expander of multiword tokens ("don't", "minister’s"): python -m training.mwt --work DIR

Needs training.treebanks first.
"""

from __future__ import annotations

from training.common import SHORTHAND, Folders, folders, options

EPOCHS = 5  # the dev score is at its ceiling, 99.99, from the second


def main(place: Folders) -> None:
    from stanza.models import mwt_expander
    from stanza.utils.datasets.contract_mwt import contract_mwt

    gold = place.treebanks / "en_news.dev.gold.conllu"
    contracted = place.treebanks / "en_news.dev.mwt.conllu"
    contract_mwt(str(gold), str(contracted))
    mwt_expander.main(
        options(
            mode="train",
            lang="en",
            shorthand=SHORTHAND,
            train_file=place.treebanks / "en_news.train.gold.conllu",
            eval_file=contracted,
            gold_file=gold,
            hidden_dim=64,
            emb_dim=32,
            max_dec_len=20,
            num_epoch=EPOCHS,
            log_step=100,
            save_dir=place.models,
            save_name="mwt.pt",
            device="cpu",
        )
    )


if __name__ == "__main__":
    main(folders(__doc__))
