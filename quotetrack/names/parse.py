"""A person's name split into its parts.

No parser on the package index fits: nameparser (2.6) is under the LGPL, probablepeople (0.5) is a model of
American names and brings two C extensions, nicknames (1.0) has short forms of English names only, and none of
them compares two names. So this one is ours: word lists (`data/`) and the order in which parts stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from anyascii import anyascii

from quotetrack.names import facts
from quotetrack.names.abjads import is_abjad, join_words
from quotetrack.names.text import clean, drop_possessives, fold, letters

_PARTS = facts.kinds("parts.txt")
# Words that open or continue a surname.
PARTICLES = _PARTS["particles"]
# These are given names as well when they stand first ("Al Gore", "Ben Wallace", "Van Morrison").
DOUBTFUL_PARTICLES = _PARTS["doubtful_particles"]
# No surname ends with one of these.
_NEVER_LAST = PARTICLES - {"do", "el", "le", "san", "ben", "lo", "e", "te"}
# Arabic articles, also as they sound before some letters; joined by a hyphen, or "al" and "el" by a space.
_ARTICLE = re.compile(r"^(al|el|ul|as|ash|ar|an|at|ad|az|adh|es|er|ed)-(?=\w{2})", re.IGNORECASE)
# "Fazal-ur-Rehman", "Zia-ul-Haq"
_IZAFAT = re.compile(r"(\w{2})(?:-(u[lrdsn])-|(?<!\b[Aa]bd) (u[lrdsn])[- ])(?=\w)")
# "M.K.Stalin"
_RUN_ON = re.compile(r"(?<=\b[A-Z]\.)(?=[A-Z][a-z]{2})")
_ABD = re.compile(r"^abd(?:[aeou](?:[lrsntdz]|sh)?|ool|oul)?$")
_KUNYA = frozenset(("abu", "abou", "abul", "aboul", "umm", "oum"))
_DIN = re.compile(r"^(?:[aeou][ld]-?)?d(?:i|ee)ne?$")
_GENERATIONS = {
    **dict.fromkeys(_PARTS["younger"], "jr"),
    **dict.fromkeys(_PARTS["elder"], "sr"),
    "2nd": "ii",
    "3rd": "iii",
    "4th": "iv",
}
# In small letters only, for with a capital they are names: "Jan Kowalski sen.", "Henri Lagarde fils".
_SMALL_GENERATIONS = dict.fromkeys(_PARTS["small_younger"], "jr") | dict.fromkeys(_PARTS["small_elder"], "sr")
# Hungarian ones stand first: "ifj. Lomnici Zoltán".
_FIRST_GENERATIONS = dict.fromkeys(_PARTS["first_younger"], "jr") | dict.fromkeys(_PARTS["first_elder"], "sr")
_ELDER = re.compile(
    r",? (?:the Elder|der Ältere|d\. ?[ÄE]\.|d\.ä\.|den (?:äldre|ældre|eldre)|l'Ancien|il Vecchio)$"
)
_YOUNGER = re.compile(r",? (?:the Younger|der Jüngere|d\. ?[JY]\.|d\.y\.|den yngre|le Jeune|il Giovane)$")
_NUMERAL = re.compile(r"^(?:ii|iii|iv|vi{1,3}|ix|xi{1,3}|xi?v|xvi{0,3}|xix|xx|xxi{1,3})$")
_DEGREES = _PARTS["degrees"]
_NICKNAME = re.compile(r"\s[\"“”'(\[]{1,2}([^\"“”()\[\]]+?)[\"“”')\]]{1,2}(?=[\s,]|$)")
_MAIDEN = re.compile(r"[\s(]+(?:n[ée]e|born|formerly)\s+([\w'-]+(?:\s[\w'-]+)?)\)?", re.IGNORECASE)
_ALIAS = re.compile(
    r",?\s+(?:aka|a\.k\.a\.|also known as|better known as|known as|alias)\s+(.+)$", re.IGNORECASE
)
_INITIALS = re.compile(r"^(?:[^\W\d_]\.-?)*[^\W\d_]\.?$")
# Whose they are: "Russia's Lavrov", "the EU's Borrell", "Apple's Tim Cook".
_OWNER = re.compile(r"^((?:the )?[\w.-]+(?: [A-Z][\w.-]+)?)'s (?=[A-Z])")
# "Th.", "Wm.", "Chr."
_SHORTENED = re.compile(r"^[A-ZÞÆØÅ][a-zæøåð]{1,3}\.$")
# "Bundesinnenministerin", "Utenriksminister"
# A state or a party in its abbreviation, before an office.
_STATE = re.compile(r"(?:[A-Z]\.){2}|[A-Z]{2,3}|[A-Z][a-z]{1,4}\.")
_COMPOUND = re.compile(
    r"\w{3}(?:minister|prasident|bischof|kanzler|sekretar|kommissar|vorsitzende|beauftragte|abgeordnete)(?:in|r)?$"
)
# Capitalised words and initials, the last a word: most names are so, and nothing need be looked for in them
# unless one of the words, or what it contains, may be more than a name.
_PLAIN = re.compile(r"(?:(?:[A-Z][a-z]+|[A-Z]\.) )*[A-Z][a-z]+")
_CAREFUL = re.compile(
    r"\babd|d(?:i|ee)n|minister|prasident|bischof|kanzler|sekretar|kommissar|vorsitzende|beauftragte|abgeordnete"
)
# A name in Chinese or Korean characters: a family name of one, a given name of one or two.
_CHARACTERS = re.compile("[\u3400-\u9fff]{2,3}|[\uac00-\ud7af]{2,3}")
# Titles that are surnames or given names too: before a name they count only at its head.
_MAYBE_NAMES = _PARTS["maybe_names"]
_SMALL_WORDS = _PARTS["small"]
# Titles that are given names where only a surname follows: Dean Heller, Gus Bilirakis.
GIVEN_TITLES = frozenset(("dean", "gus", "marshall"))
# A digit inside a word that is otherwise small letters, or a nought before one.
_MISREAD = re.compile(
    r"(?<=[a-z01])[01](?=[a-z])|(?<=[a-z])[01](?=[01])|(?<=[a-z1])1\b(?!\w)|(?<=[A-Z])0(?=[a-z])|\b0(?=[a-z]{3})"
)
# A syllable of Chinese (Pinyin, Wade-Giles, Cantonese) or Korean as they are romanised.
_SYLLABLE = (
    r"(?:(?:zh|ch|sh|hs|ts|tz|ng|kw|gw|th|wh|ph|kh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:eui|you|yeo|eou|wae|iao|uai|iu|yu|ye|yo|ya|ae|eo|eu|ee|oo|ou|uh|ui|wa|wo|we|wi|ai|ei|ao|ia|ie|ua|uo|ue|io|oe|[aeiou]|y(?=n))"
    r"(?:ng|hn|hm|ck|n|k|l|m|p|t|h|r)?)"
)
_EAST_ASIAN = re.compile(rf"^{_SYLLABLE}{{1,2}}$")
_ONE_SYLLABLE = re.compile(rf"^{_SYLLABLE}$")
VIETNAMESE = _PARTS["vietnamese"]


@dataclass(frozen=True)
class Name:
    """The parts of a person's name, spelt as they came; `()` or "" where there is none.

    `honorifics`: titles and offices before it ("Iraqi", "Prime", "Minister"). `forenames`: all before the
    surname, initials included. `particles` and `surname`: "von der" and "Leyen"; a single name is a surname
    unless its title says otherwise ("Queen Elizabeth"). `suffix`: "jr", "sr" or a numeral ("iii").
    `nickname`: what stands in quotation marks or brackets. `former`: a name at birth.
    `family_first`: the family name stood first ("Xi Jinping").
    """

    text: str
    honorifics: tuple[str, ...] = ()
    forenames: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()
    suffix: str = ""
    nickname: str = ""
    former: str = ""
    family_first: bool = False

    @classmethod
    def of_words(cls, text: str, words: tuple[str, ...]) -> Name:
        """A plain name of nothing but these words, all of plain letters; the last is the surname."""
        name = cls(text, forenames=words[:-1], surname=words[-1:])
        vars(name).update(words=tuple(map(str.lower, words)), is_plain=True)
        return name

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The letters of its forenames and surname, particles left out."""
        return tuple(filter(None, map(letters, (*self.forenames, *self.surname))))

    @cached_property
    def joined(self) -> str:
        """The letters of the name without titles, in one word."""
        return "".join(map(letters, (*self.forenames, *self.particles, *self.surname)))

    @cached_property
    def is_plain(self) -> bool:
        """There is nothing but forenames and a surname, none of them a double one."""
        beside = self.honorifics or self.particles or self.suffix or self.nickname or self.former
        if beside or self.family_first:
            return False
        return not any("-" in word for word in (*self.forenames, *self.surname))

    @cached_property
    def titles(self) -> frozenset[str]:
        """The words of its titles, without diacritics, case or full stops."""
        return frozenset(fold(word).rstrip(".") for word in self.honorifics)

    @property
    def given(self) -> tuple[str, ...]:
        """The forenames that are written out."""
        return tuple(name for name in self.forenames if not is_initial(name))

    @property
    def family(self) -> str:
        """The surname with its particles: "von der Leyen"."""
        return " ".join((*self.particles, *self.surname))

    @property
    def acronym(self) -> str:
        """The first letters of its words: "Alexandria Ocasio-Cortez" → "aoc"."""
        words = (part for word in (*self.forenames, *self.surname) for part in word.split("-"))
        return "".join(letters(word)[:1] for word in words)

    @cached_property
    def full(self) -> str:
        """The name without titles: "Ursula von der Leyen"; "" where there is no name, only an office."""
        family, forenames = self.family, " ".join(self.forenames)
        return " ".join(
            part for part in ((family, forenames) if self.family_first else (forenames, family)) if part
        )

    @property
    def is_office(self) -> bool:
        """There is no name, only an office ("the prime minister")."""
        return not self.forenames and not self.surname


def is_initial(word: str) -> bool:
    return len(letters(word)) == 1


@lru_cache(maxsize=1 << 15)
def parse_name(text: str) -> Name:
    """Split one person's name, with or without titles, in any of the usual orders.

    Never fails: a text that is no name comes back as one with everything in `honorifics` or `surname`.
    """
    if plain := _plain_words(text):
        return Name.of_words(text, plain)
    if characters := _CHARACTERS.fullmatch(text):
        family, *given = map(anyascii, characters[0])
        return Name(text, forenames=("-".join(given),), surname=(family,), family_first=True)
    name = _MISREAD.sub(_read_digit, clean(text))
    if is_abjad(name):
        name = join_words(name)
    name = _RUN_ON.sub(" ", _IZAFAT.sub(r"\1\2\3 ", name))
    former = nickname = ""
    owner: list[str] = []
    if found := _OWNER.match(name):
        owner, name = found[1].split(), name[found.end() :]
    if found := _MAIDEN.search(name):
        former, name = found[1], name[: found.start()] + " " + name[found.end() :]
    if found := _ALIAS.search(name):
        nickname, name = found[1], name[: found.start()]
    if found := _NICKNAME.search(name):
        nickname, name = found[1].strip(), name[: found.start()] + " " + name[found.end() :].lstrip()
        if _suffix(nickname.lower()):
            # "Alfonso Pradas (hijo)", "Johann Strauss (Vater)"
            nickname, name = "", f"{name.rstrip()} {nickname.lower()}"
    name = _YOUNGER.sub(" jr", _ELDER.sub(" sr", name))
    name, apposition = _straighten(drop_possessives(name))
    # What has no letters ("&") is no part of a name, unless there is nothing else.
    words = [word for word in name.split() if letters(word)] or name.split()
    titles, words = ([], words) if is_family_first([fold(word) for word in words]) else split_titles(words)
    if titles and len(words) == 1 and fold(titles[-1]) in GIVEN_TITLES:
        words = [titles.pop(), *words]
    words, suffix = _split_suffix(_strip_place(words), _is_regnal(titles))
    suffix = suffix or _first_generation(text)
    words = _join(words)
    parts = _order(words, [fold(title).rstrip(".") for title in titles])
    return Name(text, (*owner, *titles, *apposition), *parts[:3], suffix, nickname, former, parts[3])


def _plain_words(text: str) -> tuple[str, ...]:
    """The words and the letters of initials of a name that is nothing but forenames and a surname."""
    if not _PLAIN.fullmatch(text) or _CAREFUL.search(text.lower()):
        return ()
    words = tuple(text.replace(".", "").split())
    folded = [word.lower() for word in words]
    if not _careful_words().isdisjoint(folded) or (len(words) > 2 and is_iberian(folded[-2])):
        return ()
    return words


@cache
def _careful_words() -> frozenset[str]:
    """Words that may be more or less than a name: titles, particles, families that come first."""
    return facts.title_words().union(
        PARTICLES,
        DOUBTFUL_PARTICLES,
        facts.kinds("surnames.txt")["family_first"],
        _KUNYA,
        _GENERATIONS,
        _DEGREES,
        ("al", "el", "ul", "ur", "ar", "ad", "ud", "ed", "mc", "mac"),
        ("of", "nee", "born", "formerly", "aka", "alias", "known"),
    )


def _read_digit(digit: re.Match[str]) -> str:
    """The letter that a scanner took for this digit: "Put1n" → "Putin", "Dona1d" → "Donald"."""
    if digit[0] == "0":
        return "o" if digit.start() and digit.string[digit.start() - 1].isalpha() else "O"
    around = digit.string[max(digit.start() - 1, 0) : digit.end() + 1].lower()
    return "l" if set(around) & set("aeioul") or "11" in around else "i"


def _straighten(name: str) -> tuple[str, tuple[str, ...]]:
    """Undo "Biden, Joe"; take off what a comma adds ("Joe Biden, the president" → "the", "president")."""
    name, *more = (part.strip() for part in name.split(","))
    apposition: list[str] = []
    for part in filter(None, more):
        words = part.split()
        folded = [fold(word).rstrip(".") for word in words]
        if _suffix(words[0]) or folded[0] in _DEGREES:
            name = f"{name} {part}"
        elif (
            not apposition
            and len(words) <= 3
            and _plain(words)
            and _surname_only(name)
            and not any(word in facts.places() for word in folded)
        ):
            name = f"{part} {name}"
        else:
            apposition += words
    return name, tuple(apposition)


def _plain(words: list[str]) -> bool:
    return all(
        word[:1].isupper() and fold(word).rstrip(".") not in facts.kinds("offices.txt")["heads"]
        for word in words
    )


def _surname_only(name: str) -> bool:
    words = [word for word in name.split() if fold(word) not in PARTICLES]
    return len(words) == 1 or (len(words) == 2 and fold(words[0]) not in facts.given_names())


def _suffix(written: str) -> str:
    word = fold(written).rstrip(".")
    if word in _GENERATIONS or written.islower():
        return _GENERATIONS.get(word) or _SMALL_GENERATIONS.get(word, "")
    # Numerals are written in capitals: "Jinping Xi" is no eleventh.
    return word if written.isupper() and _NUMERAL.match(word) else ""


def _first_generation(text: str) -> str:
    """ "id. Szabó László" → "sr"."""
    first, dot, _ = fold(text).partition(" ")[0].partition(".")
    return _FIRST_GENERATIONS.get(first, "") if dot or len(first) > 2 else ""


def _is_regnal(titles: list[str]) -> bool:
    honours = facts.kinds("honorifics.txt")
    return any(fold(title) in honours["royal"] or fold(title) in honours["pontiff"] for title in titles)


def _split_suffix(words: list[str], regnal: bool) -> tuple[list[str], str]:
    suffix = ""
    while len(words) > 1:
        last = fold(words[-1]).rstrip(".")
        if words[-1] in ("I", "V") and (
            regnal or len(words) == 2 or all(fold(word) in facts.given_names() for word in words[:-1])
        ):
            return words[:-1], last
        if _suffix(words[-1]):
            suffix = _suffix(words[-1])
        elif last not in _DEGREES or not (words[-1].isupper() or "." in words[-1] or last == "phd"):
            break
        words = words[:-1]
    return words, suffix


def _strip_place(words: list[str]) -> list[str]:
    """ "Abdullah of Jordan" → "Abdullah"."""
    lowered = [word.lower() for word in words]
    return words[: lowered.index("of")] if "of" in lowered[1:] else words


def split_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """The words of titles and offices at the head of a name, and the rest.

    All of them are titles where nothing else is left ("Iran's foreign minister").
    """
    heads, modifiers = facts.title_words(), facts.kinds("offices.txt")["modifiers"]
    folded = [fold(word).rstrip(".") for word in words]
    # Where all words are written alike, capitals tell nothing.
    shouting = " ".join(words).isupper()
    caseless = shouting or " ".join(words).islower()
    end = position = 0
    while position < len(words):
        word = folded[position]
        if _is_head(word, heads) and _is_title(words, folded, end, position, shouting):
            position += 1
            if position < len(words) and folded[position] in ("of", "for"):
                position = _office_object(folded, position + 1)
            end = position
        else:
            position += 1
    while end < len(words) and not caseless and words[end][0].islower() and folded[end] not in PARTICLES:
        if _ARTICLE.match(words[end]):
            break
        end += 1
    left = folded[end:]
    titles = (heads, modifiers, _SMALL_WORDS, facts.places())
    only_titles = all(any(word in known for known in titles) for word in left)
    if left and only_titles and left[-1] in heads and (len(left) > 1 or words[-1].islower()):
        end = len(words)
    return words[:end], words[end:]


def is_nobody(text: str) -> bool:
    """A description of somebody unnamed: "a senior official", "two diplomats", "police spokesman"."""
    words = [word.rstrip(".") for word in fold(clean(drop_possessives(text))).split()]
    lists = facts.kinds("offices.txt")
    if not words or lists["nobody"].isdisjoint(words):
        return False
    if words[0] in lists["indefinite"]:
        return True
    described = lists["heads"] | lists["modifiers"] | lists["nobody"] | _SMALL_WORDS
    return words[-1] in lists["nobody"] and text.islower() and all(word in described for word in words)


def _is_head(word: str, heads: frozenset[str]) -> bool:
    """ "minister", also in "minister-delegate" and "vice-minister"."""
    first, _, last = word.partition("-")
    if _COMPOUND.search(word):
        return True
    return word in heads or (first in heads and last != "" and last.isalpha()) or last in heads


def is_title_word(word: str) -> bool:
    """Alone, the word is a title or an office ("Minister", "Dr.")."""
    return _is_head(fold(word).rstrip("."), facts.title_words())


def _is_title(words: list[str], folded: list[str], end: int, position: int, shouting: bool) -> bool:
    word, left = folded[position], len(words) - position - 1
    # "Tan Sri Azlan Harun", but "Tan Siew Lin".
    if word == "tan" and folded[position + 1 : position + 2] != ["sri"]:
        return False
    modifiers, places = facts.kinds("offices.txt")["modifiers"], facts.places()
    between = folded[end:position]
    led = all(w in modifiers or w in places or w in _SMALL_WORDS for w in between) or _is_place(between)
    if left and len(between) == 1 and word not in _MAYBE_NAMES:
        # "N.Y. Gov. Hochul", "Fla. Sen. Rubio"
        led = led or _STATE.fullmatch(words[end]) is not None
    if left == 0:
        # The last word is a title only where everything is ("Queen" alone may be a surname).
        return led and bool(between or end) and (words[position].islower() or bool(between))
    if led:
        # "M. Macron", but "M. K. Stalin"; "U Thant", but "U. Thant".
        return len(word) > 1 or (left == 1 if word == "m" else "." not in words[position])
    if words[position].islower() or (words[position].isupper() and len(word) == 3 and not shouting):
        return True
    return _is_head(word, facts.kinds("offices.txt")["heads"]) and word not in _MAYBE_NAMES


def _is_place(words: list[str]) -> bool:
    return " ".join(words) in facts.places()


def _office_object(folded: list[str], position: int) -> int:
    """Where the object of an office ends: "[secretary of] state | Antony Blinken"."""
    objects, places = facts.kinds("offices.txt")["objects"], facts.places()
    start = position
    while position < len(folded):
        for length in (4, 3, 2, 1):
            if len(folded) >= position + length and " ".join(folded[position : position + length]) in places:
                position += length
                break
        else:
            if folded[position] not in objects and folded[position] not in _SMALL_WORDS:
                break
            position += 1
    if position == start:
        position += 1
    return min(position, len(folded))


def _join(words: list[str]) -> list[str]:
    """Put together what is one name in two words: "Abdel Fattah", "Abu Bakr", "Mc Donald"."""
    joined: list[str] = []
    position = 0
    while position < len(words):
        word, folded = words[position], fold(words[position])
        left = len(words) - position - 1
        if _ABD.match(folded) and left:
            position += 1
            if fold(words[position]) in ("al", "el", "ul", "ur", "ar") and left > 1:
                position += 1
            following = _ARTICLE.sub("", words[position])
            word = f"{word}-{following}"
        elif (folded in _KUNYA or folded in ("mc", "mac")) and left:
            position += 1
            word = f"{word}-{words[position]}" if folded in _KUNYA else word + words[position]
        elif joined and (_DIN.match(folded) or (folded in ("al", "el", "ad", "ud", "ed") and left)):
            if _DIN.match(folded):
                joined[-1], word = f"{joined[-1]}-{word}", ""
            elif _DIN.match(fold(words[position + 1])):
                position += 1
                joined[-1], word = f"{joined[-1]}-{words[position]}", ""
        if word:
            joined.append(word)
        position += 1
    return joined


def _order(
    words: list[str], titles: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool]:
    """Forenames, particles, surname, and whether the family name stood first."""
    words = _split_articles(words)
    if is_family_first([fold(word) for word in words]):
        # "Zhu De"
        return tuple(words[1:]), (), (words[0],), True
    while len(words) > 1 and fold(words[-1]) in _NEVER_LAST:
        words = words[:-1]
    if not words:
        return (), (), (), False
    folded = [fold(word) for word in words]
    if _is_regnal(titles) and not any(word in PARTICLES for word in folded):
        return tuple(words), (), (), False
    capital = [
        len(word) > 2 and word.isupper() and "." not in word and not _are_initials(word, words)
        for word in words
    ]
    if len(words) > 1 and capital[0] and not any(capital[1:]) and folded[0] not in PARTICLES:
        return tuple(words[1:]), (), (words[0],), True
    if is_family_first(folded):
        return tuple(words[1:]), (), (words[0],), True
    start = _surname_start(words, folded)
    forenames: list[str] = []
    for word in words[:start]:
        if _SHORTENED.match(word):
            word = word[0]
        forenames += _spell_initials(word) if _are_initials(word, words) else [word]
    particles = tuple(word for word in words[start:] if fold(word) in PARTICLES)
    surname = tuple(word for word in words[start:] if fold(word) not in PARTICLES and word != "i")
    if not surname:
        return tuple(forenames), (), particles, False
    return tuple(forenames), particles, surname, False


def _split_articles(words: list[str]) -> list[str]:
    split: list[str] = []
    for word in words:
        if found := _ARTICLE.match(word):
            split += [found[1].lower() if found[1].lower() in PARTICLES else "al", word[found.end() :]]
        else:
            split.append(word)
    return split


def _are_initials(word: str, words: list[str]) -> bool:
    if _INITIALS.match(word) or (word.count(".") > 1 and len(letters(word)) <= 4):
        return True
    # "JK Rowling", "AJ Johnson": two or three capitals among words that are not all capitals.
    return (
        word.isupper()
        and 2 <= len(word) <= 3
        and word.isalpha()
        and any(not other.isupper() for other in words)
        and (
            len(word) == 2
            or not re.search("[aeiouy]", fold(word)[1:])
            or fold(words[words.index(word) + 1 :][0] if word != words[-1] else "") in PARTICLES
        )
    )


def _spell_initials(word: str) -> list[str]:
    return [letter for letter in word if letter.isalpha()]


def _surname_start(words: list[str], folded: list[str]) -> int:
    """The index of the surname's first word or particle."""
    for index, word in enumerate(folded[:-1]):
        if index > 0 and words[index] in ("y", "e", "i"):
            return max(1, index - 1)
        if word not in PARTICLES or (index == 0 and word in DOUBTFUL_PARTICLES and words[0][0].isupper()):
            continue
        # "Mohammed Ali al-…": all words from the first particle belong to the surname.
        if index > 0 or len(words) > 1:
            return index
    last = len(words) - 1
    if len(words) >= 3 and is_iberian(folded[-2]) and folded[-2] not in facts.given_names():
        return last - 1
    return last


def is_iberian(word: str) -> bool:
    return word.endswith(("ez", "eiro", "eira", "inho", "ães")) or word in _IBERIAN


_IBERIAN = _PARTS["iberian"]


def is_family_first(folded: list[str]) -> bool:
    """Folded words that read as a Chinese, Korean or Vietnamese name in its own order ("xi", "jinping")."""
    known = facts.kinds("surnames.txt")["family_first"]
    # "P'eng", in Wade-Giles
    folded = [word.replace("'", "") for word in folded]
    if not 2 <= len(folded) <= 4 or folded[0] not in known:
        return False
    if folded[0] in VIETNAMESE and len(folded) > 2:
        return True
    rest = [part for word in folded[1:] for part in word.split("-")]
    if len(rest) > 2 or not all(_EAST_ASIAN.match(part) for part in rest):
        return False
    if len(rest) == 2 and not all(_ONE_SYLLABLE.match(part) for part in rest):
        return False
    # "Kim Novak" is out by its syllables; "Lee Evan", "An Mary" by this.
    return not (len(folded) == 2 and folded[1] in facts.given_names() and folded[1] not in known)
