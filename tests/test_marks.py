"""Quotation marks of every kind, as a table of texts and what they quote."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.quotations.marks import find_quoted

COMPLETE = {
    "“We won,” she said. “At last.”": ["We won,", "At last."],
    '"We won," she said. "At last."': ["We won,", "At last."],
    "«We won», she said.": ["We won"],
    "„We won“, she said.": ["We won"],
    "„We won”, she said.": ["We won"],
    "「We won」 she said.": ["We won"],
    # nested quotations are part of the outer one
    "“He told me ‘go’ and left,” she said.": ["He told me ‘go’ and left,"],
    "“He told me “go” and left,” she said.": ["He told me “go” and left,"],
    '"Saying he shouted "Stop!" to them." That was all.': ['Saying he shouted "Stop!" to them.'],
    # several paragraphs, each opened again and only the last closed
    "“First.\n\n“Second.\n\n“Third,” he said.": ["First.\n\n“Second.\n\n“Third,"],
    '"First.\n"Second," he said.': ['First.\n"Second,'],
    # single marks where they are the paper's own
    "‘We won’t go,’ she said. ‘The parents’ house is here.’": ["We won’t go,", "The parents’ house is here."],
    "'It's ours,' said the dog's owner. 'All of it.'": ["It's ours,", "All of it."],
    # … and not where double ones are
    "‘Star’ tells all. “I am ‘tired’,” she said. “Very.”": ["I am ‘tired’,", "Very."],
    # in British style the single ones hold the double ones, which may open or close them
    "‘It was slow. We call it “the snail”.’ said Ann.": ["It was slow. We call it “the snail”."],
    "‘She rang and said, “You must wait.” I laughed,’ he said. ‘A bit.’": [
        "She rang and said, “You must wait.” I laughed,",
        "A bit.",
    ],
    "‘“Wait,” she told us,’ he said. ‘She meant it: “Wait”’": [
        "“Wait,” she told us,",
        "She meant it: “Wait”",
    ],
    "'She said, \"You must wait.\" I don't,' he said. '\"Wait\", indeed.'": [
        'She said, "You must wait." I don\'t,',
        '"Wait", indeed.',
    ],
    "‘One “word”.\n\n‘Two “words”,’ he said of the “film”.": ["One “word”.\n\n‘Two “words”,", "film"],
    "‘She said, “You must wait. I laughed,’ he said. ‘A bit.’": [
        "She said, “You must wait. I laughed,",
        "A bit.",
    ],
    "‘[The head] knew,’ he said. ‘£5 was paid.’": ["[The head] knew,", "£5 was paid."],
    # … but a stray apostrophe makes no British style
    '"Go," he said of \'is house, the dogs\' "den". "Now," she said. "Yes."': [
        "Go,",
        "den",
        "Now,",
        "Yes.",
    ],
    "“He said ‘I “love” it’,” she said.": ["He said ‘I “love” it’,"],
    # German, Danish and Swedish marks beside French ones
    "»We won«, she said. »He called it ›luck‹.«": ["We won", "He called it ›luck‹."],
    "»We won», she said. »At last.»": ["We won", "At last."],
    "»First.\n\n»Second«, he said.": ["First.\n\n»Second"],
    "« Yes », he said.\n\n»No«, she said. «Perhaps» … « Never ! »": ["Yes", "No", "Perhaps", "Never !"],
    "“They call it »the turn«,” he said.": ["They call it »the turn«,"],
    "»Read more\n» See also: “We won,” she said.": ["We won,"],
    # apostrophes and inches
    "The '90s were the dogs' best years, weren't they?": [],
    'A 6" pipe and a 12" board lay there.': [],
    '"The 6" pipe is broken," he said.': ['The 6" pipe is broken,'],
    '"It began in 1998," he said.': ["It began in 1998,"],
    # a mark typed the wrong way round
    "“It is unusual,“ said the clerk. “Very.”": ["It is unusual,", "Very."],
    "“It is unusual, ”said the clerk.“ We never saw it.”": ["It is unusual,", "We never saw it."],
    "“It is unusual,’’ said the clerk. “Very.’’": ["It is unusual,", "Very."],
    # attributes of a tag that was left in the text
    '<img width="300" height="200"> "Hello there," he said.': ["Hello there,"],
    # a transcript's labels are not spoken
    '"SMITH: Will you go?\n"JONES: I will."': ["I will."],
    "": [],
    "“”": [],
    "No marks at all.": [],
}

INCOMPLETE = {
    # the closing mark is missing: the narration is not swallowed
    "“I am fine, he said. The dog barked.": ["I am fine,"],
    "“I am fine.\n\nThe dog barked.": ["I am fine."],
    "“I am fine. Smith told reporters on Monday.\nNext.": ["I am fine."],
    # the opening mark is missing: from the start of the sentence
    "He spoke on video. I’m fine, thank God.” The end.": ["I’m fine, thank God."],
    "“A cowardly assault,” he stated in a brief video. I’m fine, thank God.”": ["I’m fine, thank God."],
}


@pytest.mark.parametrize(("text", "expected"), COMPLETE.items())
def test_complete(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quoted(text) if q.complete] == expected


@pytest.mark.parametrize(("text", "expected"), INCOMPLETE.items())
def test_a_missing_mark_is_flagged(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quoted(text) if not q.complete] == expected


@given(st.text(alphabet="ab A.,\n“”\"‘’'«»„「」5", max_size=200))
def test_spans_are_inside_in_order_and_apart(text: str) -> None:
    at = 0
    for quoted in find_quoted(text):
        assert at <= quoted.start < quoted.end <= len(text)
        assert text[quoted.start : quoted.end] == text[quoted.start : quoted.end].strip()
        at = quoted.end


@pytest.mark.parametrize(
    "unit", ['" a', "“a", "a”", "'a ", "“a” b ", '"a\n', "»a ", "»a« ", "‘“a”", "‘a “b’ "]
)
def test_time_is_linear_in_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        start = time.process_time()
        find_quoted(text)
        return time.process_time() - start

    seconds(1000)
    small, large = (min(seconds(count) for _ in range(3)) for count in (5_000, 50_000))
    # Ten times the text may take ten times as long, with room for a busy machine; a square: a hundred.
    assert large < 40 * small + 0.1
