"""Names in Arabic and Hebrew letters, which leave most vowels out, beside names in Latin letters.

A word in these letters is a pattern that a Latin word fits or does not: its consonants in any of their
spellings, long vowels where they are written, short ones where they may be. "محمود" is Mahmoud and no
Mohammed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ABJAD = re.compile("[\u0590-\u05ff\u0600-\u06ff]")
_HEBREW = re.compile("[\u0590-\u05ff]")
# Marks of vowels, which few write; what joins letters or keeps them apart.
_MARKS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c-\u200f]")
_VOWEL = "[aeiou]{1,2}"
# Letters that are a consonant only; the first spelling is the one to look up by.
_ARABIC = {
    "ب": "b|p", "ت": "t", "ث": "th|s|t", "ج": "j|g|dj|dsch|y", "ح": "h", "خ": "kh|ch|x|j|k", "د": "d",
    "ذ": "z|dh|d|th|s", "ر": "r", "ز": "z|s", "س": "s|c|ss", "ش": "sh|ch|sch", "ص": "s|ss", "ض": "d|dh|z",
    "ط": "t", "ظ": "z|dh|d|th", "غ": "gh|g", "ف": "f|ph", "ق": "q|k|g|gh|c", "ك": "k|c", "ل": "l", "م": "m",
    "ن": "n", "پ": "p", "چ": "ch|tch|tsch", "گ": "g", "ژ": "zh|j|sch", "ک": "k|c", "ٹ": "t", "ڈ": "d",
    "ڑ": "r|d", "ں": "n", "ھ": "h",
}  # fmt: skip
_HEBREW_LETTERS = {
    "ב": "b|v", "ג": "g|j", "ד": "d", "ז": "z", "ח": "h|ch|kh", "ט": "t", "כ": "k|ch|kh|c",
    "ך": "k|ch|kh|c", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s|c", "פ": "p|f|ph",
    "ף": "f|p|ph", "צ": "tz|ts|z|s|c", "ץ": "tz|ts|z|s|c|ch", "ק": "k|q|c", "ר": "r", "ש": "sh|s|sch|ch",
    "ת": "t|th",
}  # fmt: skip
# Letters that are, or may be, a vowel: at the beginning of a word, inside, at its end.
_VOWEL_LETTERS = {
    **dict.fromkeys("اأإآ", (_VOWEL, "[aeo]{1,2}", "ah?")),
    **dict.fromkeys("ءئؤ", (_VOWEL, "[aeiou]{0,2}", "[aeiou]?")),
    "ع": (_VOWEL, "[aeiou]{0,2}", "a{0,2}"),
    "و": ("(?:[wv][aeiou]?|ou|o|u)", "(?:[aeou]?[wv][aeiou]?|ou|oo|o|u|au)", "(?:w|ou|oo|o|u|aw)"),
    **dict.fromkeys(
        "يی",
        (
            "(?:[yj][aeou]?|i|e)",
            "(?:y{1,2}[aeiou]?|iyy?|ii?|ee?|e[iy]|a[iy]|ie|j)",
            "(?:iyy?|i|y|ee|ey|ai|ie)",
        ),
    ),
    "ى": (_VOWEL, _VOWEL, "(?:a|i|y|ee)"),
    "ے": ("y", "e", "(?:e|ai|ay)"),
    "ة": ("t", "t", "(?:ah?|eh?|at|et)?"),
    **dict.fromkeys("هہ", ("h[aeiou]?", "(?:h[aeiou]?|e|a)?", "(?:h|[ae]h?)?")),
    "א": (_VOWEL, "[aeiou]{0,2}", "a?"),
    "ה": ("h[aeiou]{0,2}", "h?[aeiou]{0,2}", "(?:[aeo]h?|h)?"),
    "ו": ("(?:[vw][aeiou]{0,2}|u|o)", "(?:[vw][aeiou]?|ou|oo|o|u)", "(?:v|o|u)"),
    "י": ("(?:[yj][aeiou]{0,2}|i)", "(?:[yj][aeiou]{0,2}|i|ee|e|ai|ei|ay|ey)?", "(?:i|y|ai|ay|ey)"),
    "ע": (_VOWEL, "[aeiou]{0,2}", "[aeiou]{0,2}"),
}
_CONSONANTS = _ARABIC | _HEBREW_LETTERS
# A short vowel; one in the last syllable of a longer word ("محمد" is no Mahmud); any in Hebrew.
_SHORT, _LAST_SHORT, _UNWRITTEN = "(?:ou|[aeiou])?", "[aei]?", "[aeiou]{0,2}"
_LONG_WORD = 4
_SERVANT, _OF_GOD, _SON = "عبدال", "الله", "ben-"


def is_abjad(text: str) -> bool:
    return not text.isascii() and _ABJAD.search(text) is not None


def join_words(name: str) -> str:
    """A name without articles and marks, what is one word in one: "عبد الفتاح السيسي" → "عبدالفتاح سيسي"."""
    name = _MARKS.sub("", name)
    name = re.sub("\\bعبد ال(?!له)", _SERVANT, name)
    name = re.sub("(?<=\\w) ?(?:ال|ا)له\\b", _OF_GOD, name)
    name = re.sub("\\b(?:بن|ابن|بنت)(?= )", "bin", name)
    name = re.sub("\\b(?:[أا]بو|[أا]بي) ", "abu ", name)
    name = re.sub("(?<= )בן[ -]", _SON, name)
    return re.sub("\\bال(?=\\w{3})", "", name)


def fits(word: str, latin: str) -> bool:
    """The Latin word, in letters, can be this word in Arabic or Hebrew letters."""
    return _pattern(word).fullmatch(latin) is not None


@lru_cache(maxsize=1 << 13)
def _pattern(word: str) -> re.Pattern[str]:
    before, after = "(?:[ae]l)?", ""
    if word.startswith(_SERVANT):
        before, word = "abd(?:[aeou]{1,2}[lrsntdzh]{1,2})?", word.removeprefix(_SERVANT)
    if word.startswith(_SON):
        before, word = "(?:ben)?", word.removeprefix(_SON)
    if word.endswith(_OF_GOD) and word != _OF_GOD:
        after, word = "[aeou]?l{1,2}ah?", word.removesuffix(_OF_GOD)
    hebrew = _HEBREW.search(word) is not None
    last_syllable = len(word) - 2 if len(word) >= _LONG_WORD else len(word)
    parts: list[str] = []
    for place, letter in enumerate(word):
        if letter in _CONSONANTS:
            vowel = _UNWRITTEN if hebrew else _LAST_SHORT if place >= last_syllable else _SHORT
            # Before a vowel that is written there is no other.
            written = word[place + 1 : place + 2] in ("ا", "و", "ة", "ו")
            parts.append(f"(?:{_CONSONANTS[letter]}){{1,2}}{'' if written and not hebrew else vowel}")
        elif letter in _VOWEL_LETTERS:
            last = place == len(word) - 1 and not after
            parts.append(_VOWEL_LETTERS[letter][0 if place == 0 else 2 if last else 1])
        else:
            parts.append(letter.lower() if letter.isalnum() else "")
    return re.compile(before + "".join(parts) + after)


def consonants(word: str) -> str:
    """A word's consonants, to look it up by: "سنوار" → "snwr"."""
    word = word.replace(_SERVANT, "عبد").replace(_OF_GOD, "لله")
    found: list[str] = []
    for place, letter in enumerate(word):
        following = word[place + 1 : place + 2]
        if letter in _CONSONANTS:
            medial = place > 0 and letter in "בפ"
            found.append(_CONSONANTS[letter].split("|")[medial])
        elif letter in "وו":
            found.append("w" if place == 0 or following in ("ا", "י", "ו") else "")
        elif letter in _VOWEL_LETTERS:
            found.append(("y" if letter in "يیי" else "h" if letter in "هה" else "a") if place == 0 else "")
        elif letter.isascii():
            found.append(letter)
    return "".join(found)
