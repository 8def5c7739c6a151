"""Words of multi-word tokens, and lemmas: what Stanza makes of a form wherever it stands, made once."""

from __future__ import annotations

from typing import Any

from stanza.models.common.doc import Document

# Forms remembered; the commonest come back with the next article.
REMEMBERED = 50_000
# How Stanza marks a token that is several words.
MULTI_WORD = "MWT=Yes"


class Lemmas:
    """Takes the place of Stanza's lemmatizer: asks it for each form and tag once."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._lemmas: dict[tuple[str, str], str] = {}

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the lemmatizer reads a word by itself."""
        return not (hasattr(processor, "_variant") or processor.trainer.has_contextual_lemmatizers())

    def process(self, document: Any) -> Any:
        """Give the words of `document` their lemmas, as Stanza's processor would."""
        words = [word for sentence in document.sentences for word in sentence.words]
        if len(self._lemmas) > REMEMBERED:
            self._lemmas.clear()
        unseen = {(word.text, word.upos) for word in words} - self._lemmas.keys()
        if unseen:
            rows = [{"id": n, "text": text, "upos": upos} for n, (text, upos) in enumerate(sorted(unseen), 1)]
            for word in self._processor.process(Document([rows])).sentences[0].words:
                self._lemmas[word.text, word.upos] = word.lemma
        for word in words:
            word.lemma = self._lemmas[word.text, word.upos]
        return document


class Expansions:
    """Takes the place of Stanza's expander of multi-word tokens: asks it for each token once."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._expansions: dict[str, str] = {}

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the expander is Stanza's own."""
        return not hasattr(processor, "_variant")

    def process(self, document: Any) -> Any:
        """Give the multi-word tokens of `document` their words, as Stanza's processor would."""
        together = Document([])
        together.sentences = [s for s in document.sentences if any(t.misc or len(t.id) > 1 for t in s.tokens)]
        texts = together.get_mwt_expansions(evaluation=True)
        if len(self._expansions) > REMEMBERED:
            self._expansions.clear()
        unseen = sorted(set(texts) - self._expansions.keys())
        if unseen:
            rows = [{"id": n, "text": text, "misc": MULTI_WORD} for n, text in enumerate(unseen, 1)]
            for text, token in zip(
                unseen, self._processor.process(Document([rows])).sentences[0].tokens, strict=True
            ):
                self._expansions[text] = " ".join(word.text for word in token.words)
        together.set_mwt_expansions([self._expansions[text] for text in texts], process_manual_expanded=False)
        return document
