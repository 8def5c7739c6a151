"""Letters and words: what two spellings of a name have in common before anything is known about names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from quotetrack.names.transliteration import as_heard, greek

_APOSTROPHES = re.compile(r"[’‘ʼʻ`´ʿʾ＇]")
_DASHES = re.compile(r"[‐‑‒–—−﹣－]")
_TORN = re.compile(r"(?<=\b[AaEe]l)- +(?=\w)")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b(?!\w)|(?<=s)'(?=\s|$)", re.IGNORECASE)
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"}
_ENGLISH = dict.fromkeys("şșš", "sh") | dict.fromkeys("çčć", "ch") | {"ž": "zh", "ț": "ts"}
# The full stops of U.N., J. R. R.
_INITIAL_STOP = re.compile(r"(?<=\b\w)\.(?=\w\b|\w\.|\s|$)")
_OTHER_SIGNS = re.compile(r"[^a-z0-9&]+")
_NO_LETTERS = re.compile(r"[^a-z0-9]")


def clean(name: str) -> str:
    """One kind of apostrophe, hyphen and space; the case and the diacritics stay."""
    if name.isascii():
        name = name.replace("`", "'")
    else:
        # Before an accent that stands alone NFKC puts a space.
        name = _APOSTROPHES.sub("'", unicodedata.normalize("NFKC", name.replace("\u00b4", "'")))
        name = _DASHES.sub("-", name)
    if "- " in name:
        name = _TORN.sub("-", name)
    return " ".join(name.split()).strip(' ,;:"“”«»')


def drop_possessives(name: str) -> str:
    """ "Kadhimi's office" → "Kadhimi office"."""
    return _POSSESSIVE.sub("", name) if "'" in name else name


def fold(text: str) -> str:
    """Lower case in plain Latin letters: no diacritics, other scripts transliterated (by anyascii)."""
    return text.lower() if text.isascii() else _transliterate(text)


@lru_cache(maxsize=1 << 16)
def _transliterate(text: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFKD", as_heard(text)) if not unicodedata.combining(c))
    return anyascii(greek(kept)).lower()


def write_out(word: str) -> str:
    """Letters with a second spelling in plain ones, in that: "Söder" → "soeder", "Đinđić" → "djindjić"."""
    return "".join(_WRITTEN_OUT.get(letter, letter) for letter in word.lower())


def write_english(word: str) -> str:
    """As `write_out`, hissing sounds too in English spelling: "Nêçîrvan" → "nêchîrvan", "Șor" → "shor"."""
    return "".join(_ENGLISH.get(letter, letter) for letter in write_out(word))


@lru_cache(maxsize=1 << 16)
def letters(text: str) -> str:
    """The letters and digits of `fold(text)`, nothing else."""
    folded = fold(text)
    return folded if folded.isalnum() else _NO_LETTERS.sub("", folded)


@lru_cache(maxsize=1 << 15)
def normalise(name: str) -> str:
    """A name for looking up: lower case, plain Latin letters, single spaces, no punctuation or possessive.

    "Recep Tayyip  ERDOĞAN’s" → "recep tayyip erdogan"; "U.N." → "un".
    """
    name = fold(drop_possessives(clean(name)))
    if "." in name:
        name = _INITIAL_STOP.sub("", name)
    name = name.replace("'", "")
    return " ".join((name if name.replace(" ", "").isalnum() else _OTHER_SIGNS.sub(" ", name)).split())
