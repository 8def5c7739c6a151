"""Words of multi-word tokens, and lemmas: what is made of a form wherever it stands, made once.

What English writes by rule is not asked of a network, which may misspell it: where a clitic begins, the
lemmas of names and of numbers in figures. Stanza's networks answer for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from stanza.models.common.doc import Document

from quotetrack.language.draft import MULTI_WORD, Draft

# Forms remembered; the commonest come back with the next article.
REMEMBERED = 50_000
# Kim's, they’ve, don't, workers'. Of 23,037 multi-word tokens in EWT, GUM and PUD 21,180 are such, and each
# is split as their annotators split it; the network splits 21,049 of them so.
_CLITIC = re.compile(r"(\S+?)(n['’]t|['’](?:s|re|ve|ll|d|m)?)", re.IGNORECASE)
# Two words that English writes as one without a clitic. Other words with a capital are names, whatever the
# network says: Ilse, Nyong'o, Sana'a.
_JOINED = frozenset("cannot gonna wanna gotta gimme lemme dunno".split())

# A word's form, universal tag and own tag.
Key = tuple[str, str, str]


class Lemmas:
    """Takes the place of Stanza's lemmatizer: asks it for each form and tag once.

    A word that its list lacks and that is a name or a number in figures has its lemma by rule.
    """

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._lemmas: dict[Key, str] = {}

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the lemmatizer looks words up in a list, or else reads each by itself with a network."""
        return (
            not hasattr(processor, "_variant")
            and not processor.use_identity
            and processor.config.get("ensemble_dict", False)
            and not processor.trainer.has_contextual_lemmatizers()
        )

    def process(self, sentences: Sequence[Draft]) -> None:
        """Give the words of the sentences their lemmas."""
        if len(self._lemmas) > REMEMBERED:
            self._lemmas.clear()
        keys = [list(zip(s.words, s.upos, s.xpos, strict=True)) for s in sentences]
        unseen = sorted({key for each in keys for key in each} - self._lemmas.keys())
        pairs = [(text, upos) for text, upos, _ in unseen]
        trainer = self._processor.trainer
        asked = []
        for key, is_listed, listed in zip(
            unseen, trainer.skip_seq2seq(pairs), trainer.predict_dict(pairs), strict=True
        ):
            if lemma := listed if is_listed else regular_lemma(*key):
                self._lemmas[key] = lemma
            else:
                asked.append(key)
        if asked:
            rows = [{"id": n, "text": text, "upos": upos} for n, (text, upos, _) in enumerate(asked, 1)]
            found = self._processor.process(Document([rows])).sentences[0].words
            self._lemmas.update(zip(asked, [word.lemma or "" for word in found], strict=True))
        for sentence, each in zip(sentences, keys, strict=True):
            sentence.lemmas = [self._lemmas[key] for key in each]


def regular_lemma(text: str, upos: str, xpos: str) -> str:
    """The lemma of a name or of a number in figures, "" of another word.

    Of 3,030 such names in the development and test parts of EWT, GUM and PUD that are on no list 2,800 have
    this lemma (by Stanza's network 2,752), of 442 such numbers 436 (406).
    """
    if upos == "PROPN":
        return text[:-1] if xpos == "NNPS" and text.endswith("s") else text
    if upos == "NUM" and text[0].isdigit():
        return text.replace(",", "")
    return ""


class Expansions:
    """Takes the place of Stanza's expander of multi-word tokens: asks it only where no clitic shows."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._expansions: dict[str, tuple[str, ...]] = {}

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the expander is Stanza's own."""
        return not hasattr(processor, "_variant")

    def process(self, sentences: Sequence[Draft]) -> None:
        """Give the multi-word tokens of the sentences their words."""
        if len(self._expansions) > REMEMBERED:
            self._expansions.clear()
        marked = [sentence for sentence in sentences if any(sentence.several)]
        texts = {t for s in marked for t, several in zip(s.tokens, s.several, strict=True) if several}
        asked = []
        for text in sorted(texts - self._expansions.keys()):
            if clitic := _CLITIC.fullmatch(text):
                self._expansions[text] = clitic.groups()
            elif text[0].isupper() and text.lower() not in _JOINED:
                self._expansions[text] = (text,)
            else:
                asked.append(text)
        if asked:
            self._ask(asked)
        for sentence in marked:
            self._expand(sentence)

    def _ask(self, texts: Sequence[str]) -> None:
        rows = [{"id": n, "text": text, "misc": MULTI_WORD} for n, text in enumerate(texts, 1)]
        found = self._processor.process(Document([rows])).sentences[0].tokens
        for text, token in zip(texts, found, strict=True):
            words = tuple(word.text for word in token.words)
            # English writes the words one after the other: any others are the network's own.
            are_its = "".join(words) == "".join(text.split())
            self._expansions[text] = words if are_its else (text,)

    def _expand(self, sentence: Draft) -> None:
        words: list[str] = []
        owners: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for number, token in enumerate(sentence.tokens):
            start, at = sentence.starts[number], 0
            for word in self._expansions[token] if sentence.several[number] else (token,):
                at = token.index(word, at)
                starts.append(start + at)
                at += len(word)
                ends.append(start + at)
                words.append(word)
                owners.append(number)
            ends[-1] = sentence.ends[number]
        sentence.words, sentence.owners = words, owners
        sentence.word_starts, sentence.word_ends = starts, ends
        sentence.several = [False] * len(sentence.tokens)
