"""PDF documents, set here as newspapers set them: columns, broken words, running heads; and damaged ones."""

import time
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


def shown(text, x, y, size=9, turn=b"1 0 0 1"):
    encoded = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F %d Tf %s %d %d Tm (%s) Tj ET\n" % (size, turn, x, y, encoded)


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
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman"
        # The first character is a ligature.
        b"/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi]>>>>",
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
        (b"/Title(p 1 news.indd)/Author(the office)", "Viaduct is finished", None),
        (b"/Title(Viaduct)", "Viaduct is finished", None),
        (b"/Title(Untitled 2)", "Viaduct is finished", None),
        (b"/Title(Layout 1)", "Viaduct is finished", None),
        (b"/Title(Document 3)", "Viaduct is finished", None),
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


@pytest.mark.parametrize(
    ("page", "beside"),
    [
        (b"1 0 0 1", b"0 1 -1 0"),
        (b"0 1 -1 0", b"1 0 0 1"),
        (b"-1 0 0 -1", b"0 1 -1 0"),
        (b"0 -1 1 0", b"1 0 0 1"),
    ],
    ids=["upright", "left", "over", "right"],
)
def test_a_page_may_be_turned_and_what_runs_across_the_others_is_left_out(tmp_path, page, beside):
    across, down = (int(number) for number in page.split()[:2])
    lines = ["We have waited long, she", "said, and it is dear"]
    content = [
        shown(line, 300 + 11 * number * down, 400 - 11 * number * across, turn=page)
        for number, line in enumerate(lines)
    ]
    item = read(tmp_path, document(b"".join([*content, shown("Photo: A. Person", 50, 50, 6, turn=beside)])))
    assert item.article.text == "We have waited long, she said, and it is dear"


def test_ligatures_are_letters(tmp_path):
    item = read(tmp_path, document(shown("They \x01nd it dear", LEFT, 700)))
    assert item.article.text == "They find it dear"


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


def texts(*pages):
    return [paragraph.text for paragraph in paragraphs(pages)]


def headed(title, *columns, left=0.0, top=0.0, width=80.0):
    """An article of columns under a headline that begins where the first one does."""
    yield Piece(left, top, left + width, top + 20, 20, title)
    for number, column in enumerate(columns):
        yield from lines(*column, left=left + 120 * number, top=top + 30)


def test_articles_of_a_front_page_are_read_one_after_the_other():
    page = [
        *headed("First", ["one"] * 9, ["two"] * 9),
        # Its headlines are no wider than a column, and stand below all of the first article.
        *headed("Second", ["three"] * 9, top=180),
        *headed("Third", ["four"] * 9, left=120, top=180),
    ]
    assert texts(page) == [
        "First", " ".join(["one"] * 9 + ["two"] * 9),
        "Second", " ".join(["three"] * 9),
        "Third", " ".join(["four"] * 9),
    ]  # fmt: skip


def test_lines_over_two_columns_are_read_before_them():
    page = [
        *lines("wide words and", "wide words.", width=220),
        *lines(*["one"] * 9, top=28),
        *lines(*["two"] * 9, left=120, top=28),
    ]
    assert texts(page) == ["wide words and wide words.", " ".join(["one"] * 9 + ["two"] * 9)]


def test_a_headline_set_close_is_read_before_its_columns():
    title, *columns = headed("Wide headline", ["one"] * 9, ["two"] * 9, width=220)
    page = [moved(title, down=11), *columns]
    assert texts(page) == ["Wide headline", " ".join(["one"] * 9 + ["two"] * 9)]


def test_lines_under_two_columns_are_read_after_them():
    page = [
        *lines(*["one"] * 9),
        *lines(*["two"] * 9, left=120),
        *lines("Wide words and", "wide words.", top=115, width=220),
    ]
    assert texts(page)[0] == " ".join(["one"] * 9 + ["two"] * 9 + ["Wide words and wide words."])


def test_lines_set_close_are_one_paragraph():
    page = [moved(line, down=-3 * number) for number, line in enumerate(lines("They paid", "Ann Lee", "Bo"))]
    assert texts(page) == ["They paid Ann Lee Bo"]


def test_a_byline_stays_by_itself_and_what_breaks_off_goes_on():
    (byline,) = lines("By Ann Lee")
    story = lines("The bridge is dear", "and nobody", "wants to", "pay for", "it now.", top=25)
    assert texts([byline, *story]) == ["By Ann Lee", "The bridge is dear and nobody wants to pay for it now."]
    assert texts([*lines("They"), *lines("paid for it", left=120)]) == ["They paid for it"]
    assert texts([*lines("They", "paid"), *lines("Ann Lee", left=120)]) == ["They paid Ann Lee"]


def test_what_heads_some_pages_only_is_no_running_head():
    heads = ["Notes", "Notes", "Facts", "Prices", "Names"]
    pages = [[Piece(0, 0, 100, 20, 20, head), *lines("a", "b", "c", "d.", top=50)] for head in heads]
    assert texts(*pages).count("Notes") == 2


def test_a_column_beside_two_articles_waits_for_both():
    page = [
        *headed("First", ["one and", "two and"], ["three and", "four."], width=180),
        *headed("Second", ["five and", "six and"], ["seven and", "eight."], top=100, width=180),
        *lines(*["nine"] * 12, left=240, top=0),
    ]
    assert texts(page) == [
        "First", "one and two and three and four.", "Second", "five and six and seven and eight.",
        " ".join(["nine"] * 12),
    ]  # fmt: skip


def test_words_in_large_type_between_two_columns_come_last():
    left, right = lines(*["one"] * 9), lines(*["two"] * 9, left=120)
    page = [*left[:3], *right[:3], *left[6:], *right[6:], Piece(80, 40, 150, 60, 20, "Dear!")]
    # The lines beside it are shorter.
    page += [Piece(0, piece.top, 75, piece.bottom, 10, "one") for piece in left[3:6]]
    page += [Piece(160, piece.top, 220, piece.bottom, 10, "two") for piece in right[3:6]]
    assert texts(page) == [" ".join(["one"] * 9 + ["two"] * 9), "Dear!"]


def test_a_headline_over_two_of_three_columns_stays_with_them():
    page = [
        Piece(0, 0, 220, 20, 20, "Wide headline"),
        *lines("one", "two", "three", top=30),
        *lines("four", "five", "six", left=120, top=30),
        *lines("seven", "eight", "nine", "ten", "eleven.", left=240, top=0),
    ]
    assert texts(page) == [
        "Wide headline",
        "one two three four five six seven eight nine ten eleven.",
    ]


@pytest.mark.parametrize("above", [[], ["and"]], ids=["full line above", "short line above"])
def test_wide_spaces_of_justified_lines_are_spaces(above):
    top = 12 + 12 * len(above)
    page = [
        *lines("the office is dear"),
        *lines(*above, top=12, width=30),
        Piece(0, top, 40, top + 10, 10, "efficient"),
        Piece(60, top, 100, top + 10, 10, "they say"),
        *lines("so", top=top + 12, width=30),
    ]
    assert texts(page) == [" ".join(["the office is dear", *above, "efficient they say so"])]


def moved(line, left=0.0, right=0.0, down=0.0):
    return Piece(
        line.left + left, line.top + down, line.right - right, line.bottom + down, line.size, line.text
    )


def test_paragraphs_without_indents_end_with_a_short_line_or_a_space():
    one, two, three, four, five = lines("It is dear, he said,", "and left.", "Nobody", "spoke again.", "Then")
    page = [one, moved(two, right=40), three, four, moved(five, down=4)]
    assert texts(page) == ["It is dear, he said, and left.", "Nobody spoke again.", "Then"]


def test_centred_lines_are_one_paragraph():
    page = [
        moved(line, left=indent, right=indent)
        for line, indent in zip(
            lines("It is", "dear and", "we pay all", "of it"), (20, 10, 0, 20), strict=True
        )
    ]
    assert texts(page) == ["It is dear and we pay all of it"]


@pytest.mark.parametrize("full", [True, False])
def test_a_full_line_goes_on_in_the_next_column_unless_that_has_an_indent(full):
    first, second, third = lines("“It is dear,", "she said, and", "he left.")
    left = [moved(first, left=10), second, moved(third, right=0 if full else 40)]
    right = lines("“I paid.”", "Then he left", left=120)
    assert texts([*left, *right])[0].endswith("Then he left" if full else "he left.")
    assert texts([*left, moved(right[0], left=10), right[1]])[0].endswith("he left.")


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "joined"),
    [
        ("it is ex-", "actly so", "", "it is exactly so"),
        ("the follow-", "up came", "A follow-up", "the follow-up came"),
        ("the follow-", "up came", "", "the followup came"),
        ("a self-", "propelled one", "", "a self-propelled one"),
        ("a self-", "ish one", "Selfish", "a selfish one"),
        ("the Iraqi-", "Iranian border", "", "the Iraqi-Iranian border"),
        ("a sum of –", "or so", "", "a sum of – or so"),
    ],
)  # fmt: skip
def test_a_hyphen_goes_where_only_the_line_broke_the_word(first, second, elsewhere, joined):
    assert texts([*lines(first, second), Piece(0, 200, 100, 220, 20, elsewhere)])[0] == joined


def test_long_paragraphs_and_tables_are_read_at_once():
    table = [
        Piece(60 * column, 25 * row, 60 * column + 30, 25 * row + 10, 10, "1")
        for row in range(60)
        for column in range(12)
    ]
    story = [lines(*["nobody said a word about the bridge"] * 100) for page in range(60)]
    start = time.process_time()
    paragraphs([table, *story])
    # Two seconds are forty times what it takes.
    assert time.process_time() - start < 2
