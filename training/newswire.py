"""The named entities of the newswire articles: python -m training.newswire --data DIR --work DIR

Articles, not sentences, are held out: names repeat within an article.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.common import Folders, folders

FOLDS = 10
CLASSES = {
    "Person": "PERSON", "Organization": "ORG", "Location": "LOC", "Facility": "FAC", "NORP": "NORP",
    "Date": "DATE", "Money": "MONEY", "Product": "PRODUCT", "Misc": "MISC",
}  # fmt: skip
MARKS = ("'", "’")
AFTER_MARK = ("s", "t", "re", "ve", "m", "ll", "d", "S")
CLITIC = re.compile(r"(n['’]t|['’](s|t|re|ve|m|ll|d))", re.IGNORECASE)
STOPS = (".", "!", "?", "…", "...")
CLOSING = ("”", "’", '"', ")", "»")
DEV_EVERY = 20  # of the training articles, one in so many chooses among checkpoints
LONGEST = 120  # words: longer blocks are lists and pages that were never split


@dataclass(frozen=True)
class Entity:
    kind: str
    words: list[str]


@dataclass(frozen=True)
class TaggedSentence:
    words: list[str]
    tags: list[str]  # B-PERSON, I-PERSON, O …

    def entities(self) -> Iterator[Entity]:
        start = 0
        while start < len(self.tags):
            end = start + 1
            prefix, _, kind = self.tags[start].partition("-")
            if prefix == "B":
                while end < len(self.tags) and self.tags[end] == f"I-{kind}":
                    end += 1
                yield Entity(kind, self.words[start:end])
            start = end


@dataclass(frozen=True)
class NamedArticle:
    id: str
    sentences: list[TaggedSentence]

    @property
    def fold(self) -> int:
        return zlib.crc32(self.id.encode()) % FOLDS


def attached(words: list[str], tags: list[str]) -> tuple[list[str], list[str]]:
    """Words as Stanza's tokens: "Wang" "’" "s", three words in the articles, are one token, "Wang’s"."""
    new_words: list[str] = []
    new_tags: list[str] = []
    for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
        after_mark = word in AFTER_MARK and i >= 2 and words[i - 1] in MARKS
        after_name = new_words and new_words[-1][0].isalnum()
        if after_mark and len(new_words) >= 2 and new_words[-2][0].isalnum():
            mark = new_words.pop()
            new_tags.pop()
            new_words[-1] += mark + word
        elif after_name and CLITIC.fullmatch(word):
            new_words[-1] += word
        else:
            new_words.append(word)
            new_tags.append(tag)
    # Inside an entity the mark may have been its beginning.
    for i, tag in enumerate(new_tags):
        kind = tag[2:]
        if tag.startswith("I-") and (i == 0 or new_tags[i - 1][2:] != kind):
            new_tags[i] = f"B-{kind}"
    return new_words, new_tags


def split(words: list[str], tags: list[str]) -> Iterator[TaggedSentence]:
    """A paragraph's sentences: it ends after a stop and the closing marks that follow."""
    start = 0
    for i, word in enumerate(words):
        last = i + 1 == len(words)
        ends = word in STOPS or (word in CLOSING and i > 0 and words[i - 1] in STOPS)
        following = "" if last else words[i + 1]
        goes_on = (following in CLOSING and following != '"') or following[:1].islower()
        inside = not last and tags[i + 1].startswith("I-")
        if last or (ends and not goes_on and not inside and i - start >= 2):
            yield TaggedSentence(words[start : i + 1], tags[start : i + 1])
            start = i + 1


def read_article(path: Path) -> NamedArticle:
    blocks: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        # One file separates its columns with blanks.
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) < 2:
            blocks.append([])
            continue
        prefix, _, kind = columns[1].strip().partition("-")
        blocks[-1].append((columns[0], f"{prefix}-{CLASSES[kind]}" if kind else "O"))
    sentences: list[TaggedSentence] = []
    for block in blocks[1:]:  # the first is the article's address
        if block:
            words, tags = attached([w for w, _ in block], [t for _, t in block])
            sentences += split(words, tags)
    return NamedArticle(path.stem, sentences)


def read_articles(data: Path) -> list[NamedArticle]:
    return [read_article(path) for path in sorted((data / "newswire_ner").glob("*.tsv"))]


def training_articles(articles: list[NamedArticle]) -> list[NamedArticle]:
    return [a for a in articles if a.fold > 0]


def held_out_articles(articles: list[NamedArticle]) -> list[NamedArticle]:
    return [a for a in articles if a.fold == 0]


def write(path: Path, sentences: list[TaggedSentence]) -> None:
    """Stanza's NER format: a list of sentences, each a list of {"text", "ner"}."""
    rows = [[{"text": w, "ner": t} for w, t in zip(s.words, s.tags, strict=True)] for s in sentences]
    path.write_text(json.dumps(rows), encoding="utf-8")


def main(place: Folders) -> None:
    out = place.work / "newswire"
    out.mkdir(parents=True, exist_ok=True)
    articles = read_articles(place.data)
    training = training_articles(articles)
    dev = training[::DEV_EVERY]
    train = [a for a in training if a not in dev]
    for part, chosen in (("train", train), ("dev", dev), ("test", held_out_articles(articles))):
        sentences = [s for a in chosen for s in a.sentences]
        if part == "train":
            sentences = [s for s in sentences if len(s.words) <= LONGEST]
        write(out / f"{part}.json", sentences)
        words = sum(len(s.words) for s in sentences)
        print(f"{part}: {len(chosen)} articles, {len(sentences)} sentences, {words} words")


if __name__ == "__main__":
    main(folders(__doc__))
