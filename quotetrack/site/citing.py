"""A quotation as a reference: for a text, for BibTeX, for what reads CSL-JSON (Zotero, pandoc …)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from quotetrack.site import words

# After one of these inside the marks no full stop follows them.
_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited: a quotation, where it was printed, and its permanent address here."""

    id: str
    text: str
    speakers: tuple[str, ...]
    title: str
    author: str | None
    outlet: str | None
    published: str | None
    url: str | None
    permalink: str
    site: str


def plain(reference: Reference) -> str:
    """One line for a footnote."""
    *others, last = reference.speakers or ("Unknown speaker",)
    who = f"{', '.join(others)} and {last}" if others else last
    source = [
        f"“{reference.title}”",
        reference.author,
        reference.outlet,
        words.date(reference.published) if reference.published else None,
        reference.url,
    ]
    return (
        f"{who}: {_sentence(reference.text)} "
        f"Quoted in {', '.join(part for part in source if part)}. {reference.site}, {reference.permalink}."
    )


def bibtex(reference: Reference) -> str:
    """A @misc entry, which all BibTeX styles know; non-ASCII letters stay, for biber and modern BibTeX."""
    year, month, _ = _date(reference.published)
    fields = {
        # Within braces of its own it keeps its capitals, and a byline that is no plain name its order.
        "title": f"{{{_escaped(reference.title)}}}",
        "author": _byline(_escaped(reference.author or "")),
        "howpublished": _escaped(reference.outlet or ""),
        "year": year,
        "note": f"{_escaped(_quoting(reference))} {_escaped(f'{reference.site}, {reference.permalink}')}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if month and month <= 12:
        # BibTeX's own names of months, which styles write out.
        lines.append(f"  month = {words.MONTHS[month - 1][:3].lower()}")
    if reference.url:
        # No escapes here: styles print it with \url, which takes it as it is.
        lines.append("  url = {" + re.sub(r"[{}\\\s]", "", reference.url) + "}")
    return f"@misc{{quotation-{reference.id},\n" + ",\n".join(lines) + "\n}\n"


def csl(reference: Reference) -> list[dict[str, Any]]:
    """CSL-JSON: the article as it was printed, with the quotation in its note."""
    year, month, day = _date(reference.published)
    item: dict[str, Any] = {
        "id": f"quotation-{reference.id}",
        "type": "article-newspaper",
        "title": reference.title,
        "note": _quoting(reference),
        "archive": reference.site,
        "archive_location": reference.permalink,
    }
    if reference.author:
        item["author"] = [{"literal": reference.author}]
    if reference.outlet:
        item["container-title"] = reference.outlet
    if reference.url:
        item["URL"] = reference.url
    if year:
        item["issued"] = {"date-parts": [[part for part in (year, month, day) if part]]}
    return [item]


def _byline(author: str) -> str:
    return f"{{{author}}}" if "," in author else author


def _quoting(reference: Reference) -> str:
    return f"Quoting {' and '.join(reference.speakers) or 'an unknown speaker'}: {_sentence(reference.text)}"


# A mark that each further paragraph of a quotation opens with; in one line it would seem a quotation inside.
_OPENS_PARAGRAPH = re.compile(r"\s*\n\s*[“\"„«]")


def _sentence(text: str) -> str:
    """The quotation in its marks, on one line, with a full stop behind it where it needs one."""
    quoted = words.bare(" ".join(_OPENS_PARAGRAPH.sub(" ", text).split()))
    return f"“{quoted}”" + ("" if quoted[-1:] in _ENDS else ".")


def _date(published: str | None) -> tuple[int | None, int | None, int | None]:
    match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", published or "")
    year, month, day = ((int(part) if part else None) for part in (match.groups() if match else (None,) * 3))
    return year, month, day


# BibTeX counts braces, those behind a backslash too: one without its fellow would swallow the next entry.
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _escaped(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)
