"""The pages in a real browser: their own policy refuses nothing that they need, and all of them can be used
with a keyboard, on a telephone, and with texts that mean harm."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browser import DESKTOP, ENTER, MISSING, TAB, TELEPHONE, Browser, browser, free_port, wait_for
from factories import article, extract_one

from quotetrack.database import open_database
from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.writer import start_run, write

pytestmark = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))

METADATA = Path(__file__).parent.parent / "metadata.yml"
EVIL = '"><script>document.title = "taken over"</script><img src=x onerror="document.title = 1">\u202egnirts'
EVIL_NAME = "<b onmouseover=alert(1)>Cy</b> Day"
LONG = "x" * 3_000
LINES = "\n".join(f"“We saw the river rise {place} times,” said Ann Lee.\nAnd so on." for place in range(40))
ARTICLES = (
    article(LINES, title="A long day", outlet="The Courier", published="2021-11-15"),
    article(f"“{EVIL} {LONG},” said Bo Ray.", id="a2", title=EVIL + LONG, outlet=EVIL, author=EVIL),
)
PAGES = (
    "home",
    "speaker",
    "article",
    "quotation",
    "search",
    "tables",
    "evil speaker",
    "evil article",
    "evil quotation",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "quotes.db"
    db = open_database(path, create=True)
    with writing(db):
        run = start_run(db, models="fake", settings={})
        for one in ARTICLES:
            write(db, effects_in_force(db), extract_one(one), run=run, source="test")
    db.close()
    return path


@pytest.fixture(scope="module")
def site(database: Path) -> Iterator[str]:
    """The address of a running site on which one who is signed in by the root token may review."""
    metadata = database.parent / "metadata.yml"
    described = yaml.safe_load(METADATA.read_text(encoding="utf-8"))
    described["plugins"] = {"quotetrack": {"review": {"id": ["root"]}}}
    metadata.write_text(yaml.safe_dump(described), encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", str(database), "--port", str(port), "--root"]
    server = subprocess.Popen([*command, "-m", str(metadata)], stdout=subprocess.PIPE, text=True)
    try:
        wait_for(port, server)
        assert server.stdout is not None
        # The first line is the address that signs root in, once.
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture(scope="module")
def addresses(database: Path, site: str) -> dict[str, str]:
    db = open_database(database)
    (kind, evil_kind) = (
        db.execute(
            "select quotations.id, quotations.article, attributions.speaker from quotations "
            "join attributions on attributions.quotation = quotations.id "
            "where quotations.text like ? order by quotations.start limit 1",
            [words],
        ).fetchone()
        for words in ("We saw%", '">%')
    )
    db.close()
    root = site.split("/-/")[0] + "/"
    found = {"home": root, "search": root + "quotes/-/search?q=river", "tables": root + "quotes/-/tables"}
    for name, (quotation, one, speaker) in (("", kind), ("evil ", evil_kind)):
        found |= {
            name + "quotation": f"{root}quotes/-/quotation/{quotation}",
            name + "article": f"{root}quotes/-/article/{one}",
            name + "speaker": f"{root}quotes/-/speaker/{speaker}",
        }
    return found


@pytest.mark.parametrize("screen", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_its_screen_and_is_refused_nothing(
    window: Browser, addresses: dict[str, str], page: str, screen: tuple[int, int]
) -> None:
    window.screen(screen)
    window.complaints()
    window.open(addresses[page])
    assert window.complaints() == []
    widths = window.run("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert widths == [screen[0], screen[0]]
    # The style sheet has come, and nothing of an article's text runs or becomes an element.
    assert window.run("return getComputedStyle(document.querySelector('.qt')).overflowWrap") == "anywhere"
    assert window.run("return document.title") not in ("taken over", "1")
    assert window.run("return document.querySelectorAll('main script, main img').length") == 0


@pytest.mark.parametrize("page", ["quotations/{}", "who_spoke_about?words=river&_show_sql=1"])
def test_a_telephone_shows_all_of_datasettes_own_page(
    window: Browser, addresses: dict[str, str], page: str
) -> None:
    window.screen(TELEPHONE)
    window.open(addresses["home"] + "quotes/" + page.format(addresses["quotation"].rsplit("/")[-1]))
    furthest = window.run(
        "return Math.max(...[...document.querySelectorAll('td, pre')]"
        ".map(one => one.getBoundingClientRect().right + one.scrollWidth - one.clientWidth))"
    )
    assert 0 < furthest <= TELEPHONE[0]


def test_policy_lets_no_script_of_the_page_run(window: Browser, addresses: dict[str, str]) -> None:
    window.open(addresses["home"])
    window.run(
        "const own = document.createElement('script'); own.textContent = 'document.title = \"ran\"';"
        "document.body.append(own); document.body.setAttribute('onclick', 'document.title = \"ran\"');"
        "document.body.click()"
    )
    assert window.run("return document.title") != "ran"
    assert any("Content Security Policy" in line for line in window.complaints())


@pytest.mark.parametrize("page", ["home", "speaker", "article", "quotation", "search", "tables"])
def test_a_keyboard_reaches_everything_and_shows_where_it_is(
    window: Browser, addresses: dict[str, str], page: str
) -> None:
    window.screen(DESKTOP)
    window.open(addresses[page])
    everything = window.run(
        "window.reached = new Set();"
        "return [...document.querySelectorAll('a[href], input:not([type=hidden]), select, button, summary')]"
        ".filter(one => one.checkVisibility()).length"
    )
    for _ in range(everything):
        window.press(TAB)
        outlined = window.run(
            "const one = document.activeElement; window.reached.add(one);"
            "const style = getComputedStyle(one);"
            "return style.outlineStyle != 'none' || style.boxShadow != 'none'"
        )
        assert outlined, window.run("return document.activeElement.outerHTML")
    assert window.run("return window.reached.size") == everything


def test_a_search_is_made_with_the_keyboard_alone(window: Browser, addresses: dict[str, str]) -> None:
    window.open(addresses["home"])
    window.run("document.querySelector('#qt-q').focus()")
    with window.leaving():
        window.press(*"rise", ENTER)
    assert "/-/search?q=rise" in window.run("return location.href")
    assert window.run("return document.querySelector('#qt-found').textContent").startswith("40 quotations")


def test_a_key_leads_to_the_quotation_in_the_text(window: Browser, addresses: dict[str, str]) -> None:
    window.open(addresses["article"])
    window.click(".qt-jumps a:last-child")
    place = window.run("return document.querySelector(':target + mark').getBoundingClientRect().top")
    assert 0 <= place < DESKTOP[1]
    assert "39 times" in window.run("return document.querySelector(':target + mark').textContent")


def test_whoever_is_signed_in_decides_on_the_page(
    window: Browser, addresses: dict[str, str], site: str, database: Path
) -> None:
    window.open(addresses["quotation"])
    assert not window.run("return document.querySelector('.qt-review')")
    window.open(site)
    window.open(addresses["quotation"])
    window.click(".qt-review summary")
    window.type("#qt-why", "He was there")
    window.type("#qt-name", "Bo Ray")
    with window.leaving():
        window.click("button[value=attribute]")
    assert "Your decision is recorded" in window.run("return document.body.textContent")
    assert "Bo Ray" in window.run("return document.querySelector('h1').textContent")
    db = open_database(database)
    decisions = db.execute('select kind, "by", why from decisions').fetchall()
    db.close()
    assert [tuple(row) for row in decisions] == [("attribute", "root", "He was there")]
    window.click(".qt-review summary")
    window.type("#qt-name", EVIL_NAME)
    window.click("#qt-add")
    with window.leaving():
        window.click("button[value=attribute]")
    assert EVIL_NAME in window.run("return document.querySelector('h1').textContent")
    window.complaints()
    for screen in (TELEPHONE, DESKTOP):
        window.screen(screen)
        window.open(addresses["home"] + "quotes/-/decisions")
        widths = window.run("return [document.documentElement.scrollWidth, window.innerWidth]")
        assert widths == [screen[0], screen[0]]
    assert window.complaints() == []
    # With the keyboard alone: open the form of the newest decision, say why, send it.
    window.run("document.querySelector('#d2 summary').focus()")
    with window.leaving():
        window.press(ENTER, TAB, *"no", TAB, ENTER)
    taken_back = window.run("return document.querySelector('#d2').textContent")
    assert "Taken back by root" in " ".join(taken_back.split())
    window.open(addresses["quotation"])
    assert "Bo Ray" in window.run("return document.querySelector('h1').textContent")
