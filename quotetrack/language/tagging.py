"""Parts of speech and names from Stanza's taggers: the tags that Stanza gives, in a fraction of its time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import torch
from stanza.models.common.char_model import CharacterModel
from stanza.models.common.packed_lstm import PackedLSTM
from stanza.models.common.utils import simplify_punct
from stanza.models.common.vocab import PAD_ID, VOCAB_PREFIX_SIZE, CompositeVocab
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import fix_singleton_tags
from stanza.models.pos.model import Tagger
from torch import Tensor

from quotetrack.language.draft import Draft
from quotetrack.language.recurrence import Highway, Layer, Layout, Memory, in_batches

# Inputs of a network that stand for more than the word itself.
CONTEXTUAL = ("charlm", "bert_model")


def spell(network: CharacterModel, vocabulary: Any, words: Sequence[str]) -> Tensor:
    """What a network makes of each word's characters, a row a word."""
    order = sorted(range(len(words)), key=lambda number: -len(words[number]))
    lengths = np.array([len(words[number]) for number in order])
    known = {character: vocabulary.unit2id(character) for character in set(chain.from_iterable(words))}
    padded = np.full((len(words), lengths[0]), PAD_ID)
    padded[np.arange(lengths[0]) < lengths[:, None]] = [known[c] for number in order for c in words[number]]
    found: Tensor = network(torch.from_numpy(padded), None, order, [len(words)], lengths.tolist()).data
    return found


def plain(words: Sequence[str]) -> list[str]:
    """The words as Stanza's tagger and parser read them: “?!?!” is “?”."""
    [sentence] = simplify_punct([[[word] for word in words]])
    return [word for [word] in sentence]


class PartsOfSpeech:
    """Takes the place of Stanza's processor for parts of speech, with its model."""

    def __init__(self, processor: Any) -> None:
        model = processor.trainer.model.eval()
        self._model, self._vocabularies, self._vectors = model, processor.vocab, processor.pretrain.vocab
        self._network = Highway(model.taggerlstm, (model.taggerlstm_h_init, model.taggerlstm_c_init))
        self._words = Memory(self.encode)
        self._names = [self._vocabularies[kind]._id2unit for kind in ("upos", "xpos")]

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the processor's model has the structure that is read here."""
        model = processor.trainer.model
        return (
            type(model) is Tagger
            and model.share_hid
            and model.args["pretrain"]
            and model.args["char"]
            and not any(model.args.get(name) for name in CONTEXTUAL)
            and model.tag_names[:2] == ["upos", "xpos"]
            and not isinstance(processor.vocab["xpos"], CompositeVocab)
        )

    def process(self, sentences: Sequence[Draft]) -> None:
        """Give the words of the sentences their UPOS and XPOS tags, as Stanza's processor would."""
        with torch.inference_mode():
            for numbers, layout in in_batches([len(sentence.words) for sentence in sentences]):
                batch = [sentences[number] for number in numbers]
                rows = self._words.rows(chain.from_iterable(sentence.words for sentence in batch))
                upos, xpos = (
                    [names[best] for best in scores.argmax(1).tolist()]
                    for scores, names in zip(self.scores(rows, layout), self._names, strict=True)
                )
                at = 0
                for sentence in batch:
                    own = slice(at, at + len(sentence.words))
                    sentence.upos, sentence.xpos = upos[own], xpos[own]
                    at = own.stop

    def scores(self, rows: Tensor, layout: Layout) -> tuple[Tensor, Tensor]:
        """Word × tag, for UPOS and for XPOS."""
        read = self._network.read(self._words.tables, rows, layout)
        hidden = self._model.upos_hid(read).relu()
        return self._model.upos_clf(hidden), self._model.tag_clf["xpos"](hidden)

    def encode(self, words: Sequence[str]) -> tuple[Tensor, ...]:
        """What the network makes of each word by itself, as far as its first layer."""
        model, words = self._model, plain(words)
        spelt = model.trans_char(spell(model.charmodel, self._vocabularies["char"], words))
        known = model.word_emb(torch.tensor(self._vocabularies["word"].map(words)))
        vectors = model.pretrained_emb(torch.tensor(self._vectors.map([word.lower() for word in words])))
        return self._network.share(torch.cat([known, model.trans_pretrained(vectors), spelt], 1))


class Names:
    """Takes the place of Stanza's processor for named entities, with its model."""

    def __init__(self, processor: Any) -> None:
        trainer = processor.trainers[0]
        model = trainer.model.eval()
        self._model, self._vocabularies, self._settings = model, trainer.vocab, trainer.args
        self._network = Layer(model.taggerlstm.lstm, (model.taggerlstm_h_init, model.taggerlstm_c_init))
        self._tokens = Memory(self.encode)
        tags = self._vocabularies["tag"]
        # Stanza's networks know tags that stand for no tag: none of them is an answer.
        numbers = (max(n, VOCAB_PREFIX_SIZE) for n in range(tags.lens()[0]))
        self._names = [name for [name] in tags.unmap([[n] for n in numbers])]

    @staticmethod
    def knows(processor: Any) -> bool:
        """Whether the processor's model has the structure that is read here."""
        model = processor.trainers[0].model
        return (
            len(processor.trainers) == 1
            and type(model) is NERTagger
            and type(model.taggerlstm) is PackedLSTM
            and model.args["num_layers"] == 1
            and model.args["char"]
            and not model.args.get("char_lowercase")
            and not any(model.args.get(name) for name in CONTEXTUAL)
            and "word" in model.vocab
            and "delta" not in model.vocab
            and model.num_output_layers == 1
        )

    def process(self, sentences: Sequence[Draft]) -> None:
        """Give the tokens of the sentences their tags, as Stanza's processor would."""
        transitions = self._model.crits[0]._transitions.detach()
        with torch.inference_mode():
            for numbers, layout in in_batches([len(sentence.tokens) for sentence in sentences]):
                batch = [sentences[number] for number in numbers]
                rows = self._tokens.rows(chain.from_iterable(sentence.tokens for sentence in batch))
                tags = best_tags(self.scores(rows, layout), transitions, layout)
                at = 0
                for sentence in batch:
                    stop = at + len(sentence.tokens)
                    names = [self._names[tag] for tag in tags[at:stop]]
                    sentence.names = names if set(names) == {"O"} else fix_singleton_tags(names)
                    at = stop

    def scores(self, rows: Tensor, layout: Layout) -> Tensor:
        """Token × tag."""
        found: Tensor = self._model.tag_clfs[0](self._network.read(self._tokens.tables[0], rows, layout))
        return found

    def encode(self, tokens: Sequence[str]) -> tuple[Tensor, ...]:
        """What the network makes of each token by itself, as far as its first layer."""
        model = self._model
        forms = [token.lower() for token in tokens] if self._settings.get("lowercase", True) else tokens
        vectors = model.word_emb(torch.tensor(self._vocabularies["word"].map(forms)))
        inputs = torch.cat([vectors, spell(model.charmodel, self._vocabularies["char"], tokens)], 1)
        if model.input_transform is not None:
            inputs = model.input_transform(inputs)
        return (self._network.share(inputs),)


def best_tags(scores: Tensor, transitions: Tensor, layout: Layout) -> list[int]:
    """The likeliest sequence of tags of each sentence (Viterbi), for all sentences of a batch at once.

    `scores` has a row a word, `transitions` what follows which: tag before × tag after.
    """
    # Tags before words: the best of many rows is found in half the time of the best of many columns.
    given = scores[layout.forward].t().contiguous()
    best, at = [given[:, : layout.steps[0]]], layout.steps[0]
    for count in layout.steps[1:]:
        before = (best[-1][:, None, :count] + transitions[:, :, None]).amax(0)
        best.append(before + given[:, at : at + count])
        at += count
    onwards = transitions.t().contiguous()
    found = []
    tags = torch.empty(0, dtype=torch.long)
    for columns in reversed(best):
        sums = columns.t().contiguous()
        # Sentences that go on must come to the tag that follows.
        sums[: len(tags)] += onwards[tags]
        tags = sums.argmax(1)
        found.append(tags)
    answer = torch.empty(len(scores), dtype=torch.long)
    answer[layout.forward] = torch.cat(found[::-1])
    result: list[int] = np.asarray(answer).tolist()
    return result
