"""The annotations of newswire articles hold no text, and fit the texts that they were made on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.gold import BENCH
from training.standoff import ANNOTATIONS, TEXTS, OtherTextError, newswire_articles

RECORDS = [json.loads(line) for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines()]
DATA = BENCH.parent / "data"


def test_annotations_hold_spans_and_no_text() -> None:
    assert {tuple(record) for record in RECORDS} == {("id", "sha256", "held_out", "quotes")}
    quotes = [quote for record in RECORDS for quote in record["quotes"]]
    assert {tuple(quote) for quote in quotes} == {("start", "end", "speech", "sources", "names", "type")}
    for quote in quotes:
        assert 0 <= quote["start"] < quote["end"]
        assert all(start < end for start, end in quote["sources"])
        assert bool(quote["sources"]) <= bool(quote["speech"])


def test_another_text_is_refused(tmp_path: Path) -> None:
    record = next(r for r in RECORDS if not r["held_out"])
    tmp_path.joinpath(TEXTS).write_text(json.dumps({"id": record["id"], "text": "Another text."}))
    with pytest.raises(OtherTextError, match=record["id"]):
        list(newswire_articles(tmp_path, held_out=False))


@pytest.mark.skipif(not (DATA / TEXTS).is_file(), reason="../shared is not here, with the texts")
def test_texts_fit_and_nothing_held_out_is_learnt_from() -> None:
    learnt = list(newswire_articles(DATA, held_out=False))
    held = list(newswire_articles(DATA, held_out=True))
    assert len(learnt) + len(held) == len(RECORDS)
    assert {a["id"] for a in learnt}.isdisjoint(a["id"] for a in held)
    for article in (*learnt, *held):
        for quote in article["quotes"]:
            assert article["text"][quote["start"]] in '“”„«"＂'
