"""Newswire sentences that teach the tagger foreign names: python -m training.silver --work DIR

The tagger takes "Said Khatibzadeh" for a verb and a name: the treebanks' people are American. The newswire
articles tell who is a person, so their sentences are tagged by the tagger and the names put right; those in
which it was wrong about one, and as many in which a name comes first, are added to its training text.
Needs training.pos first; training.pos --again uses what this writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.common import SHORTHAND, Folders, folders, options
from training.newswire import CLITIC, DEV_EVERY, TaggedSentence, read_articles, training_articles
from training.treebanks import FORM, UPOS, XPOS

LONGEST = 60  # words
MOST = 6000  # sentences


def words(sentence: TaggedSentence) -> Iterator[tuple[str, bool]]:
    """The sentence's words, the possessive mark apart, and whether each is part of a person's name."""
    for token, tag in zip(sentence.words, sentence.tags, strict=True):
        mark = CLITIC.search(token)
        if mark and mark.end() == len(token) and mark.start() > 0:
            yield token[: mark.start()], tag.endswith("PERSON")
            yield mark.group(), False
        else:
            yield token, tag.endswith("PERSON")


def write_untagged(sentences: list[TaggedSentence], target: Path) -> None:
    with target.open("w", encoding="utf-8") as out:
        for sentence in sentences:
            for i, (word, _) in enumerate(words(sentence), 1):
                # The root and the heads mean nothing here, but the reader wants a tree.
                out.write(f"{i}\t{word}\t_\tX\t_\t_\t{i - 1}\tdep\t_\t_\n".replace("0\tdep", "0\troot"))
            out.write("\n")


def corrected(sentences: list[TaggedSentence], tagged: Path) -> Iterator[str]:
    """The sentences worth learning from, as CoNLL-U."""
    blocks = tagged.read_text(encoding="utf-8").strip().split("\n\n")
    for sentence, block in zip(sentences, blocks, strict=True):
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        persons = [person and word[0].isupper() for word, person in words(sentence)]
        wrong = False
        for row, person in zip(rows, persons, strict=True):
            if person and row[UPOS] != "PROPN" and row[FORM].isalpha():
                row[UPOS], row[XPOS] = "PROPN", "NNP"
                wrong = True
        if wrong or any(persons[:2]):
            yield "\n".join("\t".join(row) for row in rows) + "\n\n"


def main(place: Folders) -> None:
    from stanza.models import tagger

    training = training_articles(read_articles(place.data))
    articles = [a for i, a in enumerate(training) if i % DEV_EVERY]
    sentences = [s for a in articles for s in a.sentences if 4 <= len(s.words) <= LONGEST]
    sentences = [s for s in sentences if any(tag.endswith("PERSON") for tag in s.tags)]
    untagged = place.treebanks / "silver.untagged.conllu"
    tagged = place.treebanks / "silver.tagged.conllu"
    write_untagged(sentences, untagged)
    tagger.main(
        options(
            "no_gold_labels",
            mode="predict",
            lang="en",
            shorthand=SHORTHAND,
            eval_file=untagged,
            output_file=tagged,
            wordvec_pretrain_file=place.vectors,
            save_dir=place.models,
            save_name="pos.pt",
            device="cpu",
        )
    )
    chosen = list(corrected(sentences, tagged))[:MOST]
    (place.treebanks / "silver.tags.conllu").write_text("".join(chosen), encoding="utf-8")
    print(f"{len(chosen)} of {len(sentences)} sentences")


if __name__ == "__main__":
    main(folders(__doc__))
