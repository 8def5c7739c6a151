"""Write the treebanks in the form Stanza's trainers read: python -m training.treebanks --data DIR --work DIR

Two copies of every training document go in. In one, and in one only, straight quotation marks and
apostrophes are made curly (the treebanks have almost none, newspapers little else); in the second,
people's names are exchanged for names from the newswire articles (the treebanks' are American).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.common import Folders, folders
from training.newswire import Entity, read_articles, training_articles

TREEBANKS = ("en_ewt", "en_gum_ccby")
TESTS = ("en_ewt-test", "en_gum_ccby-test", "en_pud-test")
# Dev sets choose among checkpoints only: a slice of EWT's is enough, and evaluations cost time.
DEV_EWT_SENTENCES = 400
# A token counts as a person's name where most of its newswire occurrences are in one.
NAME_SHARE = 0.8
SWAP_SHARE = 0.8  # of the names in a document
SEED = 20

FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, MISC = 1, 2, 3, 4, 5, 6, 7, 9
CURLY = {
    ('"', "``"): "“", ('"', "''"): "”", ("'", "``"): "‘", ("'", "''"): "’",
    ("``", "``"): "“", ("''", "''"): "”", ("`", "``"): "‘",
}  # fmt: skip


@dataclass
class Sentence:
    comments: list[str]
    rows: list[list[str]]

    def text(self) -> str:
        """The sentence as running text, from its tokens."""
        pieces: list[str] = []
        inside = 0  # the last word of the multiword token that is being read
        for row in self.rows:
            number, dash, last = row[0].partition("-")
            if "." in number or (not dash and int(number) <= inside):
                continue
            if dash:
                inside = int(last)
            pieces.append(row[FORM])
            if "SpaceAfter=No" not in row[MISC]:
                pieces.append(" ")
        return "".join(pieces).strip()

    def __str__(self) -> str:
        comments = [c for c in self.comments if not c.startswith("# text =")]
        lines = [*comments, f"# text = {self.text()}", *("\t".join(r) for r in self.rows)]
        return "\n".join(lines) + "\n\n"


@dataclass
class Document:
    sentences: list[Sentence] = field(default_factory=list)


def read(path: Path) -> list[Document]:
    documents: list[Document] = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("#")]
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        # Enhanced-graph nodes ("8.1") and columns mean nothing to the trainers.
        rows = [[*row[:8], "_", row[9]] for row in rows if "." not in row[0]]
        if not documents or any(c.startswith("# newdoc") for c in comments):
            documents.append(Document())
        documents[-1].sentences.append(Sentence(comments, rows))
    return documents


def curled(row: list[str]) -> list[str]:
    """The row with typographic quotation marks and apostrophes."""
    row = list(row)
    mark = CURLY.get((row[FORM], row[XPOS]))
    if mark:
        row[FORM] = row[LEMMA] = mark
    elif re.search(r"\w'|'\w", row[FORM]):
        row[FORM] = row[FORM].replace("'", "’")
    elif row[FORM] == "'":
        row[FORM] = "’"
    return row


def curly(document: Document) -> Document:
    return Document([Sentence(s.comments, [curled(r) for r in s.rows]) for s in document.sentences])


class Names:
    """People's names seen in newswire articles, by their number of words."""

    def __init__(self, entities: Iterable[Entity], words: Counter[str]) -> None:
        persons: Counter[str] = Counter()
        self.by_length: dict[int, list[list[str]]] = {}
        for entity in entities:
            if entity.kind != "PERSON":
                continue
            persons.update(entity.words)
            if all(w[0].isupper() and w.isalpha() for w in entity.words):
                self.by_length.setdefault(len(entity.words), []).append(entity.words)
        self.tokens = {w for w, n in persons.items() if w[0].isupper() and n >= NAME_SHARE * words[w]}

    def runs(self, sentence: Sentence) -> Iterator[list[int]]:
        """Flat names of one to three proper nouns of which one is known from people's names."""
        rows = sentence.rows
        start = 0
        while start < len(rows):
            end = start
            while end < len(rows) and rows[end][XPOS] == "NNP" and rows[end][UPOS] == "PROPN":
                end += 1
            run = list(range(start, end))
            start = max(end, start + 1)
            first = rows[run[0]][0] if run else ""
            flat = all(rows[i][DEPREL] == "flat" and rows[i][HEAD] == first for i in run[1:])
            if 1 <= len(run) <= 3 and flat and any(rows[i][FORM] in self.tokens for i in run):
                yield run

    def swapped(self, document: Document, chance: random.Random) -> Document:
        """The document with people renamed, each word of a name the same way throughout."""
        renamed: dict[str, str] = {}
        sentences = []
        for sentence in document.sentences:
            rows = [list(row) for row in sentence.rows]
            for run in self.runs(sentence):
                choice = chance.choice(self.by_length[len(run)])
                for i, word in zip(run, choice, strict=True):
                    old = rows[i][FORM]
                    if old not in renamed:
                        renamed[old] = word if chance.random() < SWAP_SHARE else old
                    rows[i][FORM] = rows[i][LEMMA] = renamed[old]
            sentences.append(Sentence(sentence.comments, rows))
        return Document(sentences)


def newswire_names(data: Path) -> Names:
    articles = training_articles(read_articles(data))
    words = Counter(w for a in articles for s in a.sentences for w in s.words)
    return Names((e for a in articles for s in a.sentences for e in s.entities()), words)


def write(path: Path, documents: Iterable[Document]) -> None:
    path.write_text("".join(str(s) for d in documents for s in d.sentences), encoding="utf-8")


def training_documents(data: Path) -> list[Document]:
    chance = random.Random(SEED)
    names = newswire_names(data)
    originals = [d for bank in TREEBANKS for d in read(data / "treebanks" / f"{bank}-train.conllu")]
    documents = []
    for document in originals:
        renamed = names.swapped(document, chance)
        if chance.random() < 0.5:
            documents += [curly(document), renamed]
        else:
            documents += [document, curly(renamed)]
    # The trainers read in order; the tokenizer's paragraphs should not all be EWT's first.
    chance.shuffle(documents)
    return documents


def dev_documents(data: Path) -> list[Document]:
    ewt: list[Document] = []
    for document in read(data / "treebanks" / "en_ewt-dev.conllu"):
        if sum(len(d.sentences) for d in ewt) < DEV_EWT_SENTENCES:
            ewt.append(document)
    documents = read(data / "treebanks" / "en_gum_ccby-dev.conllu") + ewt
    return [curly(d) if i % 2 else d for i, d in enumerate(documents)]


def main(place: Folders) -> None:
    from stanza.utils.datasets.common import convert_conllu_to_txt, prepare_tokenizer_dataset_labels

    out = place.work / "treebanks"
    out.mkdir(parents=True, exist_ok=True)
    write(out / "en_news.train.gold.conllu", training_documents(place.data))
    write(out / "en_news.dev.gold.conllu", dev_documents(place.data))
    convert_conllu_to_txt(str(out), "en_news", ("train", "dev"))
    for part in ("train", "dev"):
        stem = str(out / f"en_news.{part}")
        prepare_tokenizer_dataset_labels(f"{stem}.txt", f"{stem}.gold.conllu", str(out), "en_news", part)
    for test in TESTS:
        write(out / f"{test}.test.gold.conllu", read(place.data / "treebanks" / f"{test}.conllu"))
        convert_conllu_to_txt(str(out), test, ("test",))


if __name__ == "__main__":
    main(folders(__doc__))
