"""Very long articles are read in portions of bounded size, and nothing of them is lost or moved."""

import subprocess
import sys
from pathlib import Path

import pytest

from quotetrack import Article, extraction, parts
from quotetrack.parts import cut, portions
from quotetrack.quotations.marks import find_quoted
from quotetrack.records import Attribution, Quotation, Span, Speaker

LONG = 3 * parts.MAX_QUOTATIONS + 7
# What a process may take, and how much more for an article four times as long: its text, words and rows.
MOST_MEGABYTES, GROWTH = 1500, 100


@pytest.mark.parametrize("between", ["\n", " ", "\n\nNothing more was said that day.\n"])
def test_no_more_is_read_at_once_than_the_bound_and_nothing_is_lost(monkeypatch, between):
    read = []

    def read_quotations(models, portion):
        read.append(sum(len(part.quoted) for part in portion))
        for part in portion:
            text = part.article.text
            yield [
                Quotation(
                    q.start,
                    q.end,
                    text[q.start : q.end],
                    q.complete,
                    0.9,
                    # The mark before it stands for what names the speaker.
                    (
                        Attribution(
                            Speaker("Jane Doe", "person"), Span(q.start - 1, q.start), None, "said", 0.9
                        ),
                    ),
                )
                for q in part.quoted
            ]

    monkeypatch.setattr(extraction, "_read", read_quotations)
    text = between.join(f"“Number {number},” said Jane Doe." for number in range(LONG))
    short = Article("short", "“Yes,” said Jane Doe.")
    before, long, after = extraction.extract_many([short, Article("long", text), short])
    assert sum(read) == LONG + 2
    # A part ends with its paragraph, and paragraphs that are very long are cut anew.
    assert max(read) <= parts.MAX_QUOTATIONS + extraction.MAX_PARAGRAPH // len("“Number 1,” ")
    assert [q.text for q in long.quotations] == [f"Number {number}," for number in range(LONG)]
    for quotation in long.quotations:
        assert text[quotation.start : quotation.end] == quotation.text
        (attribution,) = quotation.attributions
        assert text[slice(attribution.mention.start, attribution.mention.end)] == "“"
    assert len(before.quotations) == len(after.quotations) == 1


def test_a_text_with_few_quotations_is_cut_too():
    text = "Nothing is said here, at length.\n" * 60_000 + "“At last,” said Jane Doe."
    article = Article("long", text)
    found = list(cut(0, article, find_quoted(text), extraction._paragraphs(text)))
    assert "".join(part.article.text for part in found) == text
    longest = parts.MAX_CHARACTERS + extraction.MAX_PARAGRAPH
    assert all(len(part.article.text) <= longest for part in found)
    assert [len(portion) for portion in portions(found[:-1])] == [1] * (len(found) - 1)


def test_a_quotation_is_never_cut():
    text = "“" + "It goes on.\n" * 100_000 + "So it ends,” said Jane Doe. “Yes,” she said."
    quoted = find_quoted(text)
    found = list(cut(0, Article("long", text), quoted, extraction._paragraphs(text)))
    assert sum(len(part.quoted) for part in found) == len(quoted)
    for part in found:
        for one in part.quoted:
            assert 0 < one.start < one.end <= len(part.article.text)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory as Linux tells it")
def test_memory_does_not_grow_with_the_length_of_an_article():
    """Megabytes at most after an article of a few portions, and after one four times as long.

    What getrusage tells would be at least what pytest itself takes.
    """
    code = """
import re
from pathlib import Path
from quotetrack import Article, extract
for number in (1_500, 6_000):
    text = "\\n".join(f"“Number {n % 50} it is,” said Jane Doe." for n in range(number))
    assert len(extract(Article("long", text)).quotations) == number
    print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    short, long = map(int, done.stdout.split())
    assert long < MOST_MEGABYTES
    assert long - short < GROWTH
