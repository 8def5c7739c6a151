"""The peer's job in a process of its own: textacy's direct_quotations on spaCy, paragraph by paragraph.

usage: python textacy_job.py ARTICLES.jsonl MODEL_FOLDER OUTPUT.jsonl

Runs in the peer's environment, so it shares no code with the rest. A paragraph with an odd number of marks,
which textacy refuses, costs that paragraph alone: over whole articles it would cost the article. Paragraphs
go through spaCy's own batching. Prints what it measured as JSON, in the words of ours.py.
"""

import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator


def main() -> None:
    articles, model, output = sys.argv[1:]
    started = time.perf_counter()
    import spacy  # type: ignore[import-not-found]
    from textacy.extract import direct_quotations  # type: ignore[import-not-found]

    nlp = spacy.load(model)
    list(direct_quotations(nlp("“It works,” said Jane Doe.")))
    loaded, cpu = time.perf_counter(), time.process_time()

    quotations = refused = 0
    with open(articles, encoding="utf-8") as lines, open(output, "w", encoding="utf-8") as out:
        for doc, (key, offset) in nlp.pipe(paragraphs(lines), as_tuples=True):
            try:
                found = list(direct_quotations(doc))
            except ValueError:
                refused += 1
                continue
            for speaker, cue, content in found:
                record = {
                    "id": key,
                    "start": offset + content.start_char,
                    "end": offset + content.end_char,
                    "text": content.text,
                    "speaker": " ".join(token.text for token in speaker),
                    "cue": " ".join(token.text for token in cue),
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                quotations += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {
                "load_seconds": loaded - started,
                "job_seconds": time.perf_counter() - loaded,
                "job_cpu_seconds": time.process_time() - cpu,
                "quotations": quotations,
                "refused_paragraphs": refused,
                "peak_mb": peak / (2**20 if sys.platform == "darwin" else 2**10),
            }
        )
    )


def paragraphs(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Every paragraph with its article's id and its offset there."""
    for line in lines:
        article = json.loads(line)
        offset = 0
        for paragraph in article["text"].split("\n"):
            if paragraph.strip():
                yield paragraph, (article["id"], offset)
            offset += len(paragraph) + 1


if __name__ == "__main__":
    main()
