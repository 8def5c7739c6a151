"""Give the treebanks the tagger's own tags: python -m training.retag --work DIR

The parser reads them when it runs, errors and all, so it learns from trees that have them.
Needs training.pos first.
"""

from __future__ import annotations

from training.common import SHORTHAND, Folders, folders, options


def main(place: Folders) -> None:
    from stanza.models import tagger

    for part in ("train", "dev"):
        tagger.main(
            options(
                mode="predict",
                lang="en",
                shorthand=SHORTHAND,
                eval_file=place.treebanks / f"en_news.{part}.tags.conllu",
                output_file=place.treebanks / f"en_news.{part}.retagged.conllu",
                wordvec_pretrain_file=place.vectors,
                save_dir=place.models,
                save_name="pos.pt",
                device="cpu",
            )
        )


if __name__ == "__main__":
    main(folders(__doc__))
