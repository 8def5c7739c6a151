"""Are two names one organisation's? Compared by their words, and by known or evident abbreviations."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from quotetrack.names import facts
from quotetrack.names.sounds import likeness, skeleton
from quotetrack.names.text import clean, drop_possessives, fold, letters
from quotetrack.names.verdict import Comparison

_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_ARTICLES = frozenset("the la le les el los las".split())
# "Banque centrale des États de l'Afrique de l'Ouest"
_ELIDED = re.compile(r"\b(?:l|d|dell|all|nell|sull)'(?=\w)")
# "Co-operation", "Coordination": a word of its own with and without its hyphen.
_CO = re.compile(r"\bco-(?=o)")
_WORD = re.compile(r"[a-z0-9&][a-z0-9&'.]*")
_ACRONYM = re.compile(r"^(?:[A-Z]\.?-?&?){2,6}s?$")
# Distinctive words may differ by a typing error or a spelling, no more ("Hezbollah", "Hizbullah").
_SPELT_ALIKE = ("same", "sound", "spelling", "typing")
# Countries that news writers put before what they need not: other lands have armies of a like name.
_OMITTED = ("usa", "uk")
# Endings of the fields that bodies are for: "virology" is no slip of the pen for "urology".
_SUBJECT = re.compile(r"(?:ology|ologists|ics|ation|ment|ity|ism|istry|graphy|ture|ern)$")
# "Queensland Police", "Queensland Police Service"
_POLICE = frozenset(("service", "force", "department"))
# Shorter words that sound alike are two as often as one ("Vox", "Fox").
_RESPELT = 5
_LONG_FORM = 3  # an abbreviation that no list knows needs as many letters


@cache
def _lists() -> dict[str, frozenset[str]]:
    return facts.kinds("organisations.txt")


@cache
def _spelling() -> dict[str, str]:
    pairs = (pair.split("=") for pair in _lists()["same"])
    return {fold(other): fold(one) for one, other in pairs}


@cache
def _forms() -> list[list[str]]:
    """The lines of abbreviations.txt, each with its forms of one name."""
    return [line.split("|") for line in facts.lines("abbreviations.txt")]


@cache
def _known() -> dict[str, frozenset[int]]:
    """The bare form of a name → the lines of abbreviations.txt it stands on."""
    found: dict[str, set[int]] = {}
    for number, forms in enumerate(_forms()):
        for form in forms:
            found.setdefault(_bare(form), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


@lru_cache(maxsize=1 << 14)
def _bare(name: str) -> str:
    return "".join(word for word in _split(name) if word != "the")


@lru_cache(maxsize=1 << 14)
def _split(name: str) -> tuple[str, ...]:
    name = _CO.sub("co", _ELIDED.sub("", fold(drop_possessives(clean(name)))))
    name = name.replace("-", " ").replace("a/s", "as")
    name = name.replace(".com", "")
    return tuple(word.replace(".", "").replace("'", "") for word in _WORD.findall(name))


@lru_cache(maxsize=1 << 14)
def words(name: str) -> tuple[str, ...]:
    """The words of an organisation's name that tell, in order, places and spellings made one.

    "the Iraqi Ministry of Defense" → ("iraq", "ministry", "defence").
    """
    places, spelling, small = facts.places(), _spelling(), _lists()["small"]
    whole = " ".join(_split(_BRACKETS.sub("", name)))
    whole = whole.replace("news agency", "newsagency").replace("football club", "fc")
    split = whole.replace("haber ajansi", "newsagency").replace("state corporation", "corporation").split()
    found: list[str] = []
    position = 0
    while position < len(split):
        for length in (4, 3, 2, 1):
            phrase = " ".join(split[position : position + length])
            if phrase in places and len(split) >= position + length:
                found.append(places[phrase])
                position += length
                break
        else:
            word = split[position]
            position += 1
            if word not in small:
                word = spelling.get(word, word)
                found.append(re.sub(r"(?<=\w{3})iz(?=ation|ed|ing|e)", "is", word))
    if "red" in found and "society" in found and not {"cross", "crescent"}.isdisjoint(found):
        found.remove("society")
    if {"internal", "affairs", "ministry"} <= set(found):
        found[found.index("internal")] = "interior"
    if "affairs" in found and not {"foreign", "interior", "home"}.isdisjoint(found):
        found.remove("affairs")
    elif "foreign" in found and "office" in found and "ministry" not in found:
        found[found.index("office")] = "ministry"
    return tuple(found)


def differ_in_legal_form(a: str, b: str) -> bool:
    """One name is the other with a legal form ("Nestlé", "Nestlé S.A.")."""
    words_a, words_b = words(a), words(b)
    return (
        len(words_a) != len(words_b)
        and bool(_core(list(words_a)))
        and _core(list(words_a)) == _core(list(words_b))
    )


def looks_like_organisation(name: str) -> bool:
    """The name has a word that marks organisations, is a known one, or is an abbreviation in capitals."""
    if _bare(name) in _known():
        return True
    bare = name.strip()
    return bool(_ACRONYM.match(bare)) or not _lists()["marks"].isdisjoint(_split(name))


def compare_organisations(a: str, b: str) -> Comparison:
    """Compare two names of organisations (or of offices and documents) by their words."""
    if _bare(a) == _bare(b):
        return Comparison(True, 1.0, ("the same words",))
    known = _known()
    if not known.get(_bare(a), frozenset()).isdisjoint(known.get(_bare(b), frozenset())) and "(" in a + b:
        return Comparison(True, 0.97, ("known forms of one name",))
    qualified_a, qualified_b = _qualifier(a), _qualifier(b)
    if qualified_a != qualified_b and sorted(words(_unbracketed(a))) == sorted(words(_unbracketed(b))):
        return Comparison(True, 0.95, ("the same words",))
    if qualified_a != qualified_b:
        plain = compare_organisations(_BRACKETS.sub("", a), _BRACKETS.sub("", b))
        if plain.same is False:
            return plain
        both = bool(qualified_a and qualified_b)
        reason = f"only one of them, or each another: ({qualified_a or qualified_b})"
        return Comparison(False if both else None, 0.05 if both else 0.5, (reason,))
    known_a, known_b = _lines_of(a), _lines_of(b)
    if known_a and known_b:
        if known_a & known_b:
            sure = len(known_a) == len(known_b) == 1
            other = () if sure else ("others have this abbreviation too",)
            return Comparison(True, 0.97 if sure else 0.8, ("known forms of one name", *other))
        if any(letters(x) in _initials(_split(y)) for x, y in ((a, b), (b, a)) if x.isupper()):
            return Comparison(True, 0.8, ("its initials", "others have this abbreviation too"))
        if len(words(a)) == 1 or len(words(b)) == 1 or sorted(words(a)) == sorted(words(b)):
            return Comparison(False, 0.05, ("known forms of different names",))
    for short, long in ((a, b), (b, a)):
        if (verdict := abbreviated(short, long)) is not None:
            return verdict
    return _by_words(a, b)


def _unbracketed(name: str) -> str:
    """ "Green Party (Wales)" → "Green Party Wales"."""
    return name.replace("(", "").replace(")", "")


def _qualifier(name: str) -> str:
    """ "Janata Dal (United)" → "united"; "" where brackets only give an abbreviation."""
    inside = _BRACKETS.search(name)
    if not inside:
        return ""
    # "AKP" may abbreviate another language's name, but "UBT" not "Shiv Sena".
    short = inside[1].isupper() and 1 < len(inside[1]) <= len(_split(_BRACKETS.sub("", name)))
    if short or _bare(inside[1]) in _known():
        return ""
    initials = "".join(word[0] for word in _split(_BRACKETS.sub("", name)))
    return "" if letters(inside[1]) in (initials, initials.lstrip("t")) else fold(inside[1])


@lru_cache(maxsize=1 << 14)
def _lines_of(name: str) -> frozenset[int]:
    inside = _BRACKETS.search(name)
    known = _known()
    found = known.get(_bare(_BRACKETS.sub("", name)), frozenset())
    if not found and (national := _without_place(name)):
        found = known.get(_bare(national), frozenset())
    if not found and (plain := _without_form(name)):
        found = known.get(_bare(plain), frozenset())
    return found or (known.get(_bare(inside[1]), frozenset()) if inside else frozenset())


def _without_place(name: str) -> str:
    """ "U.S. Food and Drug Administration" → without "U.S."; "" for what every country has."""
    split = _split(_BRACKETS.sub("", name))
    split = split[1:] if split[:1] == ("the",) else split
    rest = next((split[n:] for n in (3, 2, 1) if facts.places().get(" ".join(split[:n])) in _OMITTED), ())
    return " ".join(rest) if len(rest) > 1 and not _lists()["generic"].issuperset(rest) else ""


def _without_form(name: str) -> str:
    """ "JPMorgan Chase & Co." → "jpmorgan chase"; "" where no legal form ends the name."""
    split = _split(_BRACKETS.sub("", name))
    rest = list(split)
    while rest and (rest[-1] in _lists()["companies"] or rest[-1] == "&"):
        rest.pop()
    return " ".join(rest) if len(rest) < len(split) else ""


def abbreviated(short: str, long: str) -> Comparison | None:
    """ "BMA" against "British Medical Association", or against "… (BMA)" which says so itself."""
    head, _, rest = short.strip().partition(" ")
    led = rest and _ACRONYM.match(head) and fold(long).endswith(f" {fold(rest)}")
    if led and letters(head) in _initials(_split(long[: -len(rest)])):
        # "IIT Delhi", "Indian Institute of Technology Delhi"; "LA Times"
        return Comparison(True, 0.85, (f"{head} are the initials of {long}",))
    if not _ACRONYM.match(short.strip()) and not (short.isupper() and len(short.split()) == 1):
        return None
    inside = _BRACKETS.search(long)
    capitals = letters(short)
    # "Non-Aligned Movement (NAM) Youth Network" is not the movement.
    if inside and letters(inside[1]) == capitals and inside.end() == len(long.rstrip()):
        return Comparison(True, 0.98, (f"{long} gives its abbreviation",))
    split = _split(_BRACKETS.sub("", long))
    if len(split) < 2:
        return None
    if capitals not in _initials(split):
        return None
    if len(capitals) <= _LONG_FORM and capitals in _initials_known(short):
        return Comparison(None, 0.4, (f"{short} is the abbreviation of another name",))
    if len(capitals) == _LONG_FORM and is_generic(long):
        return Comparison(None, 0.5, (f"{short} are the initials of {long}, but every country has one",))
    if len(capitals) < _LONG_FORM and "&" not in short:
        return Comparison(None, 0.5, (f"{short} are the initials of {long}, but short",))
    return Comparison(True, 0.85, (f"{short} are the initials of {long}",))


def _initials_known(short: str) -> set[str]:
    """The initials of the names that an abbreviation is known for; PRI stands for one in Spanish."""
    known = [_split(form) for number in _lines_of(short) for form in _forms()[number]]
    return {initials for split in known if len(split) > 1 for initials in _initials(split)}


@lru_cache(maxsize=1 << 14)
def _initials(split: tuple[str, ...]) -> frozenset[str]:
    """The initials of all words, of those that are not small, and of all but articles."""
    left_out = ((), _lists()["small"], _ARTICLES)
    return frozenset("".join(word[0] for word in split if word not in words) for words in left_out)


def _by_words(a: str, b: str) -> Comparison:
    words_a, words_b = list(words(a)), list(words(b))
    if not words_a or not words_b:
        return Comparison(None, 0.3, ("no words to compare",))
    lists = _lists()
    left_a, left_b, respelt = _unmatched(words_a, words_b)
    ordered = not lists["ordered"].isdisjoint(words_a) and words_a[:1] != words_b[:1]
    if not left_a and not left_b:
        schools = ordered and not respelt and not _one_university(words_a, words_b)
        if schools or _two_parties(words_a, words_b):
            return Comparison(None, 0.5, ("the same words in another order",))
        if respelt and len(max(words_a, key=len)) < _RESPELT:
            return Comparison(None, 0.5, ("short words that sound alike",))
        return Comparison(True, 0.9 if respelt else 0.96, ("the same words",))
    if reason := _only_a_kind(words_a, words_b):
        return Comparison(None, 0.5, (reason,))
    if _core(words_a) == _core(words_b):
        return Comparison(True, 0.92, ("the same letters but for the legal form",))
    if left_a and left_b and lists["dropped"].issuperset(left_a + left_b):
        return Comparison(None, 0.5, (f"bodies of two kinds: {left_a[0]}, {left_b[0]}",))
    left_a = [word for word in left_a if word not in lists["dropped"]]
    left_b = [word for word in left_b if word not in lists["dropped"]]
    if left_a and left_b:
        return Comparison(False, 0.05, (f"different words: {left_a[0]}, {left_b[0]}",))
    shorter = words_a if left_b or len(words_a) < len(words_b) else words_b
    telling = [word for word in shorter if word not in lists["generic"] and word not in lists["dropped"]]
    left = left_a or left_b
    places = facts.place_keys()
    if not left:
        if not places.issuperset(telling):
            return Comparison(True, 0.9, ("the same but for the legal form or kind",))
        return Comparison(None, 0.5, ("the rest of the name tells too little",))
    if "police" in shorter and set(left) <= _POLICE and not _lists()["generic"].issuperset(shorter):
        return Comparison(True, 0.9, ("the police of one place",))
    # "Rosneft", "Rosneft Oil Company"
    # "MTN Nigeria", "MTN Nigeria Communications Plc"
    brand = [word for word in telling if word not in places]
    firm = len(brand) == 1 and brand[0] not in lists["conglomerates"]
    if firm and set(left) <= lists["trades"] and not lists["companies"].isdisjoint(words_a + words_b):
        return Comparison(True, 0.85, ("the same but for the trade and the legal form",))
    if all(word in places for word in left):
        return Comparison(None, 0.5, (f"only one of them names the place: {left[0]}",))
    return Comparison(None, 0.4, (f"only one of them has: {left[0]}",))


def _one_university(a: list[str], b: list[str]) -> bool:
    """ "University of Cambridge", "Cambridge University"; not where the two names are two schools."""
    turned = any(x[0] == y[-1] == "university" and x[1:] == y[:-1] for x, y in ((a, b), (b, a)))
    return turned and _lists()["two_universities"].isdisjoint(a)


def _only_a_kind(a: list[str], b: list[str]) -> str:
    """Why the kind of body that only one name has may make it another; "" where it does not.

    "Tata", "Tata Motors"; "National Police", "National Police Agency".
    """
    lists = _lists()
    core = [word for word in a if word not in lists["dropped"]]
    if not core or core != [word for word in b if word not in lists["dropped"]]:
        return ""
    kinds = set(a) ^ set(b)
    if len(kinds & lists["clubs"]) > 1:
        return "two kinds of club"
    if core[0] in lists["conglomerates"] and len(core) == 1 and not kinds <= lists["companies"]:
        return f"{core[0]} has several companies"
    if lists["generic"].issuperset(core) and "agency" in " ".join(kinds):
        return "the rest of the name tells too little"
    return ""


def _two_parties(a: list[str], b: list[str]) -> bool:
    """ "Liberal Democratic Party", "Democratic Liberal Party": the order tells parties apart."""
    passed_over = _lists()["dropped"] | facts.place_keys()
    one, other = ([word.rstrip("s") for word in split if word not in passed_over] for split in (a, b))
    return "party" in a and "party" in b and one != other


def _core(split: list[str]) -> str:
    return "".join(word for word in split if word not in _lists()["dropped"])


def _unmatched(a: list[str], b: list[str]) -> tuple[list[str], list[str], bool]:
    left_b = list(b)
    left_a: list[str] = []
    respelt = False
    for word in a:
        if word in left_b:
            left_b.remove(word)
            continue
        left_a.append(word)
    for word in list(left_a):
        if _fixed(word):
            continue
        for other in left_b:
            if _fixed(other):
                continue
            plural = word.rstrip("s") == other.rstrip("s") and len(word + other) > 8
            if plural or likeness(word, other)[1] in _SPELT_ALIKE:
                left_a.remove(word)
                left_b.remove(other)
                respelt = True
                break
    return left_a, left_b, respelt


def _fixed(word: str) -> bool:
    """A word of the language, a place or a number: one spelt differently is another one."""
    return word in _fixed_words() or word.isdigit() or _SUBJECT.search(word) is not None


@cache
def _fixed_words() -> frozenset[str]:
    lists = _lists()
    return lists["generic"] | lists["marks"] | lists["fixed"] | facts.place_keys()


def keys(name: str) -> set[str]:
    """The blocking keys of an organisation's name: see `quotetrack.names.blocking_keys`."""
    found = {f"o:line{number}" for number in _lines_of(name)}
    split = words(name)
    lists, places = _lists(), facts.place_keys()
    telling = [
        word
        for word in split
        if word not in lists["generic"] and word not in lists["dropped"] and word not in places
    ]
    for word in telling or split:
        found |= {f"o:{word.rstrip('s')[:4]}", f"o:~{skeleton(word)}"}
    # "Queensland Police", "Queensland Police Service"
    found |= {f"o:{min(x, y)}+{max(x, y)}" for x in places.intersection(split) for y in split if x != y}
    if not telling:
        found |= {f"o:{'+'.join(sorted(split))}"} | {f"o:{x}+{y}" for x in split for y in split if x < y}
    found.add(f"o:{letters(name)}" if len(split) == 1 else f"o:{''.join(word[0] for word in split)}")
    all_words = tuple(word for word in _split(_BRACKETS.sub("", name)) if word != "the")
    if len(all_words) > 2:
        found |= {f"o:{initials}" for initials in _initials(all_words)}
    if name.isupper():
        # "PDI-P"
        found.add(f"o:{letters(name)}")
    if inside := _BRACKETS.search(name):
        found.add(f"o:{letters(inside[1])}")
    return found


def is_known(name: str) -> bool:
    """The list of abbreviations and other forms has the name."""
    return bool(_lines_of(name))


def is_generic(name: str) -> bool:
    """A body that every country has, and no word that tells which ("police", "health ministry").

    An embassy too where only one country is named: there is one in every capital ("Chinese embassy").
    """
    split = set(words(name))
    abroad = split & {"embassy", "consulate"} and len(split & facts.place_keys()) < 2
    if abroad:
        split -= facts.place_keys()
    return _lists()["generic"].issuperset(split) and not _lines_of(name)
