"""Letters and words: what two spellings of a name have in common before anything is known about names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = re.compile(r"[’‘ʼʻ`´ʿʾ＇]")
_DASHES = re.compile(r"[‐‑‒–—−﹣－]")
_TORN = re.compile(r"(?<=\b[AaEe]l)- +(?=\w)")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b(?!\w)|(?<=s)'(?=\s|$)", re.IGNORECASE)
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"}
_ENGLISH = dict.fromkeys("şșš", "sh") | dict.fromkeys("çčć", "ch") | {"ž": "zh", "ț": "ts"}
_SPACE = re.compile(r"\s+")
# The full stops of U.N., J. R. R.
_INITIAL_STOP = re.compile(r"(?<=\b\w)\.(?=\w\b|\w\.|\s|$)")
_OTHER_SIGNS = re.compile(r"[^a-z0-9&]+")
_NO_LETTERS = re.compile(r"[^a-z0-9]")


def clean(name: str) -> str:
    """One kind of apostrophe, hyphen and space; the case and the diacritics stay."""
    # Before an accent that stands alone NFKC puts a space.
    name = _APOSTROPHES.sub("'", unicodedata.normalize("NFKC", name.replace("\u00b4", "'")))
    return _SPACE.sub(" ", _TORN.sub("-", _DASHES.sub("-", name))).strip(' ,;:"“”«»')


def drop_possessives(name: str) -> str:
    """ "Kadhimi's office" → "Kadhimi office"."""
    return _POSSESSIVE.sub("", name)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case in plain Latin letters: no diacritics, other scripts transliterated (by anyascii)."""
    if text.isascii():
        return text.lower()
    kept = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return anyascii(kept).lower()


def write_out(word: str) -> str:
    """Letters with a second spelling in plain ones, in that: "Söder" → "soeder", "Đinđić" → "djindjić"."""
    return "".join(_WRITTEN_OUT.get(letter, letter) for letter in word.lower())


def write_english(word: str) -> str:
    """As `write_out`, hissing sounds too in English spelling: "Nêçîrvan" → "nêchîrvan", "Șor" → "shor"."""
    return "".join(_ENGLISH.get(letter, letter) for letter in write_out(word))


@lru_cache(maxsize=1 << 16)
def letters(text: str) -> str:
    """The letters and digits of `fold(text)`, nothing else."""
    return _NO_LETTERS.sub("", fold(text))


@lru_cache(maxsize=1 << 15)
def normalise(name: str) -> str:
    """A name for looking up: lower case, plain Latin letters, single spaces, no punctuation or possessive.

    "Recep Tayyip  ERDOĞAN’s" → "recep tayyip erdogan"; "U.N." → "un".
    """
    name = _INITIAL_STOP.sub("", fold(drop_possessives(clean(name))))
    return _OTHER_SIGNS.sub(" ", name.replace("'", "")).strip()
