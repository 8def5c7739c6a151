"""Train the lemmatizer: python -m training.lemma --work DIR

Each word and tag counts once, with its commonest lemma: frequent words are looked up in a list anyway.
Needs training.treebanks first.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from training.common import SHORTHAND, Folders, folders, options
from training.treebanks import FORM, LEMMA, TREEBANKS, UPOS, curly, read

EPOCHS = 6  # the dev score rises by less than a tenth after five


def types(place: Folders) -> dict[tuple[str, str], str]:
    """The lemma of each (form, UPOS) of the training treebanks, with straight and with curly marks."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for bank in TREEBANKS:
        for document in read(place.data / "treebanks" / f"{bank}-train.conllu"):
            for sentence in (*document.sentences, *curly(document).sentences):
                for row in sentence.rows:
                    if "-" not in row[0]:
                        seen.setdefault((row[FORM], row[UPOS]), Counter())[row[LEMMA]] += 1
    return {key: lemmas.most_common(1)[0][0] for key, lemmas in seen.items()}


def write_types(place: Folders, target: Path) -> Path:
    lines = (
        f"1\t{form}\t{lemma}\t{tag}\t_\t_\t0\troot\t_\t_\n\n" for (form, tag), lemma in types(place).items()
    )
    target.write_text("".join(lines), encoding="utf-8")
    return target


def main(place: Folders) -> None:
    from stanza.models import lemmatizer

    lemmatizer.main(
        options(
            mode="train",
            shorthand=SHORTHAND,
            train_file=write_types(place, place.treebanks / "en_news.lemmas.conllu"),
            eval_file=place.treebanks / "en_news.dev.gold.conllu",
            hidden_dim=64,
            emb_dim=32,
            pos_dim=32,  # Stanza wants it equal to emb_dim
            dropout=0.2,
            emb_dropout=0.2,
            num_epoch=EPOCHS,
            batch_size=100,
            log_step=200,
            save_dir=place.models,
            save_name="lemma.pt",
            device="cpu",
        )
    )


if __name__ == "__main__":
    main(folders(__doc__))
