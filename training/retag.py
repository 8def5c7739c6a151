"""Give the treebanks the tagger's tags and the lemmatizer's lemmas: python -m training.retag --work DIR

The parser reads both when it runs, errors and all, so it learns from trees that have them.
Needs training.pos and training.lemma first.
"""

from __future__ import annotations

from training.common import SHORTHAND, Folders, folders, options


def main(place: Folders) -> None:
    from stanza.models import lemmatizer, tagger

    for part in ("train", "dev"):
        tagged = place.treebanks / f"en_news.{part}.tagged.conllu"
        shared = {"mode": "predict", "shorthand": SHORTHAND, "save_dir": place.models, "device": "cpu"}
        tagger.main(
            options(
                **shared,
                lang="en",
                eval_file=place.treebanks / f"en_news.{part}.tags.conllu",
                output_file=tagged,
                wordvec_pretrain_file=place.vectors,
                save_name="pos.pt",
            )
        )
        lemmatizer.main(
            options(
                **shared,
                eval_file=tagged,
                output_file=place.treebanks / f"en_news.{part}.retagged.conllu",
                save_name="lemma.pt",
            )
        )


if __name__ == "__main__":
    main(folders(__doc__))
