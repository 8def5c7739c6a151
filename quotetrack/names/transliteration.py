"""Scripts that `anyascii` writes letter by letter where newspapers write them as they sound.

Greek has letters that sound together ("Μπακογιάννη"), Serbian Cyrillic its own Latin letters, and the scripts
of India a vowel that is not written. The nine of them that Unicode orders as India's standard ISCII does have
one table here.
"""

from __future__ import annotations

import re

_GREEK = re.compile("[\u0370-\u03ff]")
_GREEK_RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\bγι(?=α)", "y"),
        (r"\bμπ", "b"),
        (r"\bντ", "d"),
        (r"\bγκ", "g"),
        ("μπ", "mb"),
        ("γ[γκ]", "ng"),
        ("ου", "ou"),
        ("αυ(?=[θκξπστφχψ])", "af"),
        ("ευ(?=[θκξπστφχψ])", "ef"),
        ("αυ", "av"),
        ("ευ", "ev"),
        ("αι(?=[αοω])", "e"),
    )
]
# Letters that only Serbian and Macedonian have show that the text is one of theirs.
_SERBIAN = re.compile("[ђћџљњјѓќ]")
_GAJ = {
    ord(letter): latin
    for letter, latin in zip("ђћчџжшљњјцх", "đ ć č dž ž š lj nj j c h".split(), strict=True)
}
# Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam: 128 places each.
_FIRST_INDIC, _LAST_INDIC, _BLOCK = 0x0900, 0x0D7F, 0x80
_BENGALI, _TAMIL = 0x0980, 0x0B80
# In these a vowel that is not written is not spoken at the end of a word.
_NO_LAST_VOWEL = range(0x0900, _TAMIL, _BLOCK)
INDIC = re.compile(f"[{chr(_FIRST_INDIC)}-{chr(_LAST_INDIC)}]+")
_CONSONANTS = dict(
    zip(
        range(0x15, 0x3A),
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l zh v sh sh s h".split(),
        strict=True,
    )
) | dict(zip(range(0x58, 0x60), "q kh gh z r rh f y".split(), strict=True))
_VOWELS = dict(zip(range(0x05, 0x15), "a a i i u u ri l e e e ai o o o au".split(), strict=True))
_SIGNS = dict(zip(range(0x3E, 0x4D), "a i i u u ri ri e e e ai o o o au".split(), strict=True))
# Signs of a nasal vowel, a breath, a lone t.
_OTHERS = {0x01: "n", 0x02: "n", 0x03: "h", 0x4E: "t", 0x70: "n"}
_VIRAMA, _NUKTA, _ANUSVARA, _BENGALI_J = 0x4D, 0x3C, 0x02, 0x2F
# With a dot below: "ज़".
_DOTTED = {"k": "q", "g": "gh", "j": "z", "d": "r", "dh": "rh", "ph": "f"}
# Tamil has one letter for a voiceless and a voiced sound.
_VOICED = [
    (re.compile(rf"(?<=[aeiounm]){voiceless}(?=[aeiou])"), voiced)
    for voiceless, voiced in (("k", "g"), ("ch", "s"), ("t", "d"), ("p", "b"))
]


def as_heard(text: str) -> str:
    """A text with such letters written as they sound; all other letters stay."""
    if INDIC.search(text):
        text = INDIC.sub(lambda word: _indic(word[0]), text)
    lower = text.lower()
    if _SERBIAN.search(lower):
        return lower.translate(_GAJ)
    return text


def greek(text: str) -> str:
    """A Greek text in lower case, without accents, with letters that sound together in Latin ones."""
    if _GREEK.search(text):
        text = text.lower()
        for pattern, sound in _GREEK_RULES:
            text = pattern.sub(sound, text)
    return text


def _indic(word: str) -> str:
    """A word of an Indian script: "नरेंद्र" → "narendra", "राहुल" → "rahul"."""
    block = ord(word[0]) & ~(_BLOCK - 1)
    parts: list[str] = []
    # After the last part, a consonant, no vowel is written yet; it stands right behind another one.
    bare = behind = virama = False
    for letter in word:
        place = ord(letter) & (_BLOCK - 1)
        if place == _NUKTA:
            dotted = {"j": "y"} if block == _BENGALI else _DOTTED
            parts[-1:] = [dotted.get(part, part) for part in parts[-1:]]
        elif place == _VIRAMA:
            bare = False
        elif place in _SIGNS:
            parts.append(_SIGNS[place])
            bare = False
        elif place in _CONSONANTS:
            parts += ["a"] * bare
            parts.append(
                "j" if block == _BENGALI and place == _BENGALI_J and not virama else _CONSONANTS[place]
            )
            bare, behind = True, virama
        elif place in _OTHERS or place in _VOWELS:
            parts += ["a"] * bare
            parts.append(_OTHERS.get(place) or _VOWELS[place])
            bare = False
        virama = place == _VIRAMA
    if block >= _TAMIL and ord(word[-1]) & (_BLOCK - 1) == _ANUSVARA:
        parts[-1] = "m"
    # "राम", but "चंद्र"
    parts += ["a"] * (bare and (block not in _NO_LAST_VOWEL or behind))
    found = re.sub("n(?=[pbm])", "m", "".join(parts)).replace("nh", "ngh")
    if block == _TAMIL:
        for pattern, sound in _VOICED:
            found = pattern.sub(sound, found)
    return found
