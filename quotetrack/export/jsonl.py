"""Extractions as JSON lines."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from quotetrack.records import Article, Attribution, Extraction, Quotation
from quotetrack.resilience import Broken, Extractor, extract_each
from quotetrack.sources import Failed, Item


def extract_lines(items: Iterable[Item], extractor: Extractor) -> Iterator[str | Failed]:
    """A line of JSON for each article of `items`, or its failure, in their order and lazily."""
    waiting: deque[Item] = deque()

    def articles() -> Iterator[Article]:
        for item in items:
            waiting.append(item)
            if not isinstance(item, Failed):
                yield item.article

    for result in extract_each(extractor, articles()):
        while isinstance(item := waiting.popleft(), Failed):
            yield item
        if isinstance(result, Broken):
            yield Failed(item.source, result.reason)
        else:
            yield json.dumps(as_record(result), ensure_ascii=False)
    for item in waiting:
        assert isinstance(item, Failed)
        yield item


def as_record(extraction: Extraction) -> dict[str, Any]:
    """An extraction as plain data: an article's id and its quotations, first speaker in front."""
    text = extraction.article.text
    return {
        "id": extraction.article.id,
        "quotes": [_quotation(text, quotation) for quotation in extraction.quotations],
    }


def _quotation(text: str, quotation: Quotation) -> dict[str, Any]:
    speakers = [_attribution(text, attribution) for attribution in quotation.attributions]
    first = speakers[0] if speakers else {**dict.fromkeys(_KEYS), "confidence": quotation.confidence}
    return {
        "start": quotation.start,
        "end": quotation.end,
        "text": quotation.text,
        **{key: first[key] for key in _KEYS},
        "complete": quotation.complete,
        "speakers": speakers,
    }


_KEYS = ("speaker", "speaker_type", "speaker_start", "speaker_end", "cue", "rule", "confidence")


def _attribution(text: str, attribution: Attribution) -> dict[str, Any]:
    mention, cue = attribution.mention, attribution.cue
    return {
        "speaker": attribution.speaker.name,
        "speaker_type": attribution.speaker.type,
        "speaker_start": mention.start if mention else None,
        "speaker_end": mention.end if mention else None,
        "cue": text[cue.start : cue.end] if cue else None,
        "rule": attribution.rule,
        "confidence": attribution.confidence,
    }
