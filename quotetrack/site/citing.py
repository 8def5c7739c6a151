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
    quoted = _quoted(reference.text)
    return (
        f"{who}: {quoted}{'' if quoted[-2] in _ENDS else '.'} "
        f"Quoted in {', '.join(part for part in source if part)}. {reference.site}, {reference.permalink}."
    )


def bibtex(reference: Reference) -> str:
    """A @misc entry, which all BibTeX styles know; non-ASCII letters stay, for biber and modern BibTeX."""
    year, month, _ = _date(reference.published)
    fields = {
        "title": reference.title,
        "author": reference.author,
        "howpublished": reference.outlet,
        "year": year,
        "month": month,
        "note": f"{_quoting(reference)}. {reference.site}, {reference.permalink}",
    }
    lines = [f"  {name} = {{{_escaped(str(value))}}}" for name, value in fields.items() if value]
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


def _quoting(reference: Reference) -> str:
    return f"Quoting {' and '.join(reference.speakers) or 'an unknown speaker'}: {_quoted(reference.text)}"


def _quoted(text: str) -> str:
    # Paragraph breaks and white space at the edges would break a one-line reference.
    return "“" + words.bare(" ".join(text.split())) + "”"


def _date(published: str | None) -> tuple[int | None, int | None, int | None]:
    match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", published or "")
    year, month, day = ((int(part) if part else None) for part in (match.groups() if match else (None,) * 3))
    return year, month, day


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _escaped(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)
