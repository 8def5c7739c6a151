"""Score packed models on the tests: python -m training.evaluate --work DIR [--models FOLDER]

Raw text in, so that every error of the tokenizer counts in all that follows it; CoNLL 2018's scorer. Names
are scored on the held-out newswire articles' own words and sentences, by exact span and class.
Needs training.treebanks and training.newswire first. Prints Markdown.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from typing import Any

from training.common import Folders, parser
from training.newswire import TaggedSentence
from training.treebanks import TESTS

COLUMNS = {
    "sentences": "Sentences", "words": "Words", "UPOS": "UPOS", "lemma": "Lemmas", "UAS": "UAS", "LAS": "LAS",
}  # fmt: skip


def treebank_scores(pipeline: Any, place: Folders, test: str) -> dict[str, float]:
    from stanza.utils.conll import CoNLL
    from udtools.udeval import evaluate, load_conllu_file

    document = pipeline((place.treebanks / f"{test}.test.txt").read_text(encoding="utf-8"))
    with tempfile.NamedTemporaryFile(suffix=".conllu") as parsed:
        CoNLL.write_doc2conll(document, parsed.name)
        gold = load_conllu_file(str(place.treebanks / f"{test}.test.gold.conllu"))
        scores = evaluate(gold, load_conllu_file(parsed.name))
    return {name: 100 * scores[measure].f1 for name, measure in COLUMNS.items()}


def spans(words: list[str], tags: list[str]) -> set[tuple[int, int, str]]:
    """Entities as (first word, number of words, class)."""
    found, at = set(), 0
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            at = i
        if tag != "O" and (i + 1 == len(tags) or not tags[i + 1].startswith("I-")):
            found.add((at, i + 1 - at, tag[2:]))
    return found


def name_scores(pipeline: Any, place: Folders) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each class, and of all."""
    rows = json.loads((place.work / "newswire" / "test.json").read_text(encoding="utf-8"))
    gold = [TaggedSentence([w["text"] for w in row], [w["ner"] for w in row]) for row in rows]
    document = pipeline([sentence.words for sentence in gold])
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    as_bio = str.maketrans({"S": "B", "E": "I"})
    for sentence, parsed in zip(gold, document.sentences, strict=True):
        tags = [t.ner[0].translate(as_bio) + t.ner[1:] for t in parsed.tokens]
        expected, found = spans(sentence.words, sentence.tags), spans(sentence.words, tags)
        for counter, entities in ((right, expected & found), (wanted, expected), (given, found)):
            counter.update(kind for _, _, kind in entities)
            counter["all"] += len(entities)
    scores = {}
    for kind, number in wanted.most_common():
        p, r = right[kind] / max(given[kind], 1), right[kind] / number
        scores[kind] = (100 * p, 100 * r, 200 * p * r / max(p + r, 1e-9))
    return scores


def main(place: Folders, models: str, only: str) -> None:
    from quotetrack.language.loading import load_pipeline

    if only != "names":
        pipeline = load_pipeline(models, "tokenize,mwt,pos,lemma,depparse")
        print(f"| test, raw text | {' | '.join(COLUMNS)} |\n|---{'|---:' * len(COLUMNS)}|")
        for test in TESTS:
            scores = treebank_scores(pipeline, place, test)
            print(f"| {test} | {' | '.join(f'{score:.1f}' for score in scores.values())} |", flush=True)
    if only != "treebanks":
        pipeline = load_pipeline(models, "tokenize,ner", tokenize_pretokenized=True)
        print("\n| names | P | R | F1 |\n|---|---:|---:|---:|")
        for kind, figures in name_scores(pipeline, place).items():
            print(f"| {kind} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")


if __name__ == "__main__":
    given = parser(__doc__)
    given.add_argument("--models", default="bundled")
    given.add_argument("--only", choices=["treebanks", "names"], default="")
    asked = given.parse_args()
    main(Folders(asked.data, asked.work), asked.models, asked.only)
