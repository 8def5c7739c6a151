"""Can two spellings be one name's? Only where the name comes out of another script, or they hardly differ.

A name in Cyrillic, Arabic or Thai letters has as many spellings in Latin ones as there are writers. One that
its bearer writes in Latin letters has one: "Müller" and "Möller", "Camps" and "Campos" are two families.
"""

from __future__ import annotations

import re

from quotetrack.names import facts
from quotetrack.names.parse import Name
from quotetrack.names.sounds import one_given_name, one_surname
from quotetrack.names.text import fold, letters

# Letters of other scripts; those that leave vowels out, or whose words have no one reading.
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u3040-\u9fff\uac00-\ud7af]")
_MANY_READINGS = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
ARABIC = frozenset(("al", "el", "ul", "bin", "ibn", "bint"))
# Words all of whose syllables are open or end in n: Japanese, in Hepburn's spelling.
JAPANESE = re.compile(
    r"^(?:(?:[kgsztdnhbpmrwyjf]|sh|ch|ts|ky|gy|ny|hy|by|py|my|ry)?[aiueo](?:n(?![aiueo])|m(?=[bp])|(?<=o)h(?![aiueo]))?)+$"
)
# Endings of surnames out of Cyrillic, Armenian, Georgian and Greek letters, spelt otherwise in each land.
_TRANSLITERATED = re.compile(
    r"(?:[oe]va?|\w{4}ava|[oe]ff|sk(?:[iy]{1,2}|o[iyj]|a[iyj]?a?)|[lrn]na[iyj]a|[lnr](?:yy|yi|iy|ii)|\w{3}o[iy]|[iy]ar|rk[iy]"
    r"|enk[oa]|[cs]huk|yk|[ijy]an|d[sz]e|elia|[sc]hvili|[vw][iy]t?s?ch|ts?yn|kina?|id[ei]s|akis|akou|idou|poulo[su])$"
)
# Endings of Indian and Sri Lankan surnames.
_INDIAN = re.compile(
    r"(?:s[ou]{1,2}riya|s?ingh?[aei]|na[iy]ak[ae]|r[ae]tn[ae]|[wv]ard[ae]n[ae]|[sh]ek[ah]+r[ae]?"
    r"|m[ou]{1,2}rth?[iy]|sw?am[iy]|aiah|appa|nath(?:an)?|krishnan?|pal[ae]n|path?[iy]|char(?:ya|i)|jee|ndran?|chandr?an?|lingam|nand[ah]?n?|raj[ae]n)$"
)
# Letters and endings of Arabic, Persian, Hebrew and Indian surnames.
_ASIAN = re.compile(r"[kgdz]h|q(?!u)|aa|iah$|(?:zadeh?|\w{3}[bdfhklmnrstvz]i|[aiy]yeh?|[iy]ya|ullah)$")
# Endings of surnames at home in Latin letters, where a doubled letter tells ("Jensen", "Jenssen").
_LATIN = re.compile(r"(?:s[eo]n|berg|feld|lund|ford|ton)$")


def one_way_written(a: Name, b: Name, word_a: str, word_b: str, kind: str) -> bool:
    """`word_a` of the name `a` and `word_b` of `b`, alike in this `kind` (see `sounds.likeness`), can be one.

    They differ in written-out umlauts, "Mac" or the Dutch "ij" only, or the name comes out of another script.
    What looks like a slip of the pen is no transliteration ("Nowacki", "Nowicki").
    """
    if word_a == word_b or _plain(word_a) == _plain(word_b):
        return True
    if kind == "typing" and not both_transliterated(word_a, word_b):
        return False
    return _out_of_script(a, b, word_a, word_b)


def in_other_script(name: Name) -> bool:
    return not name.text.isascii() and _OTHER_SCRIPT.search(name.text) is not None


def has_many_readings(name: Name) -> bool:
    """In Chinese characters, or in a script of South-East Asia, which is not read letter by letter."""
    return not name.text.isascii() and _MANY_READINGS.search(name.text) is not None


def surely_foreign(a: Name, b: Name, word_a: str, word_b: str) -> bool:
    """The given name, an Arabic particle or both endings show that the name comes out of another script."""
    if in_other_script(a) or in_other_script(b):
        return True
    given = {letters(word) for name in (a, b) for word in name.forenames}
    if not given.isdisjoint(facts.out_of_script()):
        return True
    arabic = any(fold(word) in ARABIC for name in (a, b) for word in name.particles)
    return arabic or both_transliterated(word_a, word_b)


def both_transliterated(a: str, b: str) -> bool:
    """Both surnames end as ones out of another script do, or are forms of one name ("Saleh", "Salih")."""
    # German writes w for v: "Schiwkow", "Iwanischwili".
    written = (a.replace("w", "v"), b.replace("w", "v"))
    endings = any(all(ending.search(word) for word in written) for ending in (_TRANSLITERATED, _INDIAN))
    return endings or one_given_name(a, b) or one_surname(a, b)


def _plain(word: str) -> str:
    """Without what writers of one alphabet differ in: "Mac", the Dutch "ij" and "oe", a first i or j."""
    word = re.sub(r"^i(?=[aou])", "j", word.replace("ij", "y").replace("oe", "u"))
    return re.sub(r"^mac(?=[b-df-hj-np-tv-z])", "mc", word)


def _out_of_script(a: Name, b: Name, word_a: str, word_b: str) -> bool:
    """Given names, particles and endings show that the names are, or may be, at home in another script."""
    if in_other_script(a) or in_other_script(b):
        return True
    given = {letters(word) for name in (a, b) for word in name.forenames}
    lists = facts.kinds("given.txt")
    if not given.isdisjoint(facts.out_of_script()):
        return True
    if not given.isdisjoint(lists["latin"]) or (_LATIN.search(word_a) and _LATIN.search(word_b)):
        return False
    if all(JAPANESE.match(letters(word)) for name in (a, b) for word in (*name.forenames, *name.surname)):
        return short_vowels(word_a) == short_vowels(word_b)
    if any(_TRANSLITERATED.search(letters(name.surname[-1])) for name in (a, b) if name.surname):
        return True
    if not given:
        return all(_ASIAN.search(word) for word in (word_a, word_b))
    return given.isdisjoint(lists["m"] | lists["f"] | lists["hungarian"])


def short_vowels(japanese: str) -> str:
    """Long vowels as short ones: "Ohno", "Oono" and "Ouno" as "Ono"; "Shimbo" as "Shinbo"."""
    japanese = re.sub(r"m(?=[bp])", "n", japanese)
    return re.sub(r"o[ouh](?![aeiou])|o(?=o)", "o", japanese).replace("uu", "u")


def one_japanese(a: str, b: str) -> bool:
    """Two words are one in Japanese, with its long vowels written or not ("Ohno", "Ono")."""
    if a[:1] != b[:1] or not (JAPANESE.match(a) and JAPANESE.match(b)):
        return False
    return short_vowels(a) == short_vowels(b)
