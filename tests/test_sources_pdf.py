"""PDF documents, set here as newspapers set them: columns, broken words, running heads; and damaged ones."""

import zlib

import pytest

from quotetrack.sources import Failed, read_sources
from quotetrack.sources import pdf as pdf_module
from quotetrack.sources.layout import Piece, paragraphs

LEFT, RIGHT = 50, 310
# Columns of about 40 characters; the third line of a paragraph ends in a broken word.
BROKEN = [
    ("  “We have waited a long time, and the peo-", "ple beside the line waited", "longer,” said Ann Lee."),
    ("  The crane was a self-", "propelled one, he said."),
    ("  “It is finished,” said the director. “It", "is safe and"),
]  # fmt: skip
REST = ("it is dear.” He left.", "  Nobody else wished to speak.")
WHOLE = [
    "“We have waited a long time, and the people beside the line waited longer,” said Ann Lee.",
    "The crane was a self-propelled one, he said.",
    "“It is finished,” said the director. “It is safe and it is dear.” He left.",
    "Nobody else wished to speak.",
]


def shown(text, x, y, size=9):
    encoded = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (size, x, y, encoded)


def column(lines, x, top):
    # An indent of two spaces is 10 points.
    return [
        shown(line.strip(), x + 10 * line.startswith("  "), top - 11 * number)
        for number, line in enumerate(lines)
    ]


def document(*pages, info=b"", extra=b"", filters=b""):
    """A PDF file with these pages, each the bytes of its content."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R" % (5 + 2 * number)
            + b"/Resources<</Font<</F 3 0 R>>>>>>",
            b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(page), page),
        ]
    objects.append(b"<<%s>>" % info)
    file, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R%s>>" % (size, size - 1, extra)
    return b"%sxref\n0 %d\n0000000000 65535 f \n%s%s\nstartxref\n%d\n%%%%EOF" % (
        file, size, table, trailer, len(file),
    )  # fmt: skip


def newspaper_page(number):
    lines = [line for paragraph in BROKEN for line in paragraph]
    left, right = column(lines, LEFT, 700), column(REST, RIGHT, 700)
    # Some programs write a page row by row, across its columns.
    rows = [part for pair in zip(left, right, strict=False) for part in pair] + left[len(right) :]
    head = [shown("The Paper", LEFT, 780, 8), shown(f"Monday 8 November 2021     {number}", 400, 780, 8)]
    title = [shown("Viaduct is finished", LEFT, 740, 20)] if number == 1 else []
    return b"".join([*head, *title, *rows, shown(f"Page {number} of 2", 280, 20, 8)])


def read(tmp_path, content):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    (item,) = read_sources([str(path)])
    return item


def test_columns_lines_and_broken_words_are_joined_and_running_heads_left_out(tmp_path):
    item = read(tmp_path, document(newspaper_page(1), newspaper_page(2)))
    assert item.article.title == "Viaduct is finished"
    assert item.article.text.split("\n\n") == ["Viaduct is finished", *WHOLE, *WHOLE]
    assert (item.article.id, item.article.published) == (str(tmp_path / "a.pdf"), None)


@pytest.mark.parametrize(
    ("info", "title", "author"),
    [
        (b"/Title(Viaduct is at last done)/Author(Mara Ellison)", "Viaduct is at last done", "Mara Ellison"),
        (b"/Title(Microsoft Word - viaduct final)/Author(mellison)", "Viaduct is finished", None),
        (b"/Title(p 1 news.indd)", "Viaduct is finished", None),
    ],
)  # fmt: skip
def test_title_and_author_are_what_a_person_gave(tmp_path, info, title, author):
    item = read(tmp_path, document(newspaper_page(1), info=info))
    assert (item.article.title, item.article.author) == (title, author)


def test_a_paragraph_goes_on_on_the_next_page_past_the_foot(tmp_path):
    first = column(["  “It is finished,” said", "Ann Lee, who had waited for nine"], LEFT, 700)
    second = column(["years. “It is dear,” she said.", "  He left the room."], LEFT, 700)
    pages = [b"".join([*first, shown("© Some firm", LEFT, 20)]), b"".join(second)]
    item = read(tmp_path, document(*pages))
    whole = "“It is finished,” said Ann Lee, who had waited for nine years. “It is dear,” she said."
    assert whole in item.article.text.split("\n\n")


LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
PAGE = newspaper_page(1)


def bomb():
    """A page of a few hundred kilobytes that unpacks to 1.5 gigabytes."""
    pack = zlib.compressobj(1)
    blanks = b"".join(pack.compress(b" " * 10_000_000) for _ in range(150))
    return document(blanks + pack.flush(), filters=b"/Filter/FlateDecode")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (document(PAGE, extra=LOCKED), "needs a password"),
        (document(b"0 0 100 100 re f"), "no text in it: a scan needs text recognition (OCR) first"),
        (document(PAGE)[:300], "not a PDF file, or a damaged one"),
        (b"%PDF-1.7 and nothing else", "not a PDF file, or a damaged one"),
        (b"", "empty"),
        (bomb(), "could not be read"),
    ],
    ids=["locked", "scanned", "cut", "garbage", "empty", "bomb"],
)
def test_what_cannot_be_read_fails_alone_in_a_line(tmp_path, content, reason):
    (tmp_path / "a.pdf").write_bytes(content)
    (tmp_path / "b.pdf").write_bytes(document(PAGE))
    failed, found = read_sources([str(tmp_path)])
    assert isinstance(failed, Failed)
    assert reason in failed.reason
    assert "\n" not in failed.reason
    assert found.article.title == "Viaduct is finished"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_module, "MAX_BYTES", 100)
    assert "more than" in read(tmp_path, document(PAGE)).reason


def lines(*texts, left=0.0, top=0.0, width=100.0, size=10.0):
    return [
        Piece(left, top + 12 * number, left + width, top + 12 * number + size, size, text)
        for number, text in enumerate(texts)
    ]


def test_a_headline_over_two_of_three_columns_stays_with_them():
    page = [
        Piece(0, 0, 220, 20, 20, "Wide headline"),
        *lines("one", "two", "three", top=30),
        *lines("four", "five", "six", left=120, top=30),
        *lines("seven", "eight", "nine", "ten", "eleven.", left=240, top=0),
    ]
    assert [paragraph.text for paragraph in paragraphs([page])] == [
        "Wide headline",
        "one two three four five six seven eight nine ten eleven.",
    ]


def test_ligatures_and_wide_spaces_of_justified_lines():
    page = [
        *lines("the ofﬁce is dear and"),
        Piece(0, 12, 40, 22, 10, "efﬁcient"),
        Piece(60, 12, 100, 22, 10, "they say"),
        *lines("as they have always said", top=24),
    ]
    assert [p.text for p in paragraphs([page])] == [
        "the office is dear and efficient they say as they have always said"
    ]
