"""Articles from the web: manners, limits, feeds, sitemaps and archives, against a server of our own."""

import gzip
import io
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotetrack.sources import Failed, Found, read_sources
from quotetrack.sources import web as web_module
from quotetrack.sources.network import read_feeds, read_url
from quotetrack.sources.web import USER_AGENT, Fetcher

PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>"
    + "<p>“We will rebuild the bridge before the winter comes,” said Jane Doe, who leads the council.</p>" * 3
    + "</article></body></html>"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Feed</title>
<item><title>One</title><link>{0}/one</link><pubDate>Mon, 08 Nov 2021 10:00:00 GMT</pubDate></item>
<item><title>Two</title><link>{0}/two</link></item></channel></rss>"""
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{0}/one</loc></url></urlset>'
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{0}/one</loc><news:news>
<news:publication><news:name>The News</news:name></news:publication>
<news:publication_date>2021-11-08</news:publication_date><news:title>From the map</news:title>
</news:news></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>{0}/map</loc></sitemap></sitemapindex>"


@pytest.fixture
def server():
    """A small site; `asked` lists what it was asked for, and by whom."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["User-Agent"]))
            here = f"http://127.0.0.1:{self.server.server_port}"
            pages = {
                "/robots.txt": "User-agent: *\nDisallow: /secret\n",
                "/moved-robots": "User-agent: *\nDisallow: /secret\n",
                "/one": PAGE.format("One"),
                "/two": PAGE.format("Two"),
                "/feed": FEED.format(here),
                "/map": SITEMAP.format(here),
                "/packed": SITEMAP.format(here),
                "/index": INDEX.format(here),
                "/long": "x" * 5000,
                "/relative": FEED.replace("{0}", "").format(),
                "/tracked": FEED.format(here).replace("/two", "/one?utm_source=rss"),
                "/news": NEWS.format(here),
                "/broken-index": INDEX.format(here).replace(
                    "</sitemap>", "</sitemap><sitemap><loc>/gone</loc></sitemap>"
                ),
                "/secret": PAGE.format("Secret"),
            }
            redirects = {
                **({"/robots.txt": server.robots} if server.robots else {}),
                "/moved": "/one",
                "/loop": "/loop",
                "/out": "http://localhost.invalid/",
                "/file": "file:///etc/passwd",
            }
            if self.path in redirects:
                self.send_response(302)
                self.send_header("Location", redirects[self.path])
                self.end_headers()
                return
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            body = pages.get(self.path, "").encode()
            self.wfile.write(gzip.compress(body) if self.path == "/packed" else body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    server.robots = None
    server.url, server.asked = f"http://127.0.0.1:{server.server_port}", asked
    yield server
    server.shutdown()


@pytest.fixture
def fetcher():
    return Fetcher(allow_private=True, pause=0)


def test_a_page_is_known_by_the_address_that_was_given(server, fetcher):
    item = read_url(server.url + "/moved", fetcher)
    assert (item.article.id, item.article.title) == (server.url + "/moved", "One")
    assert "rebuild the bridge" in item.article.text
    assert server.asked[0] == ("/robots.txt", USER_AGENT)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/secret", "robots.txt asks not to"),
        ("/none", "the server answers 404"),
        ("/loop", "more than 5 redirects"),
        ("/out", "no host localhost.invalid"),
        ("/file", "not an http or https address"),
        ("/long", "more than"),
    ],
)
def test_what_cannot_be_had_says_why(server, fetcher, monkeypatch, path, reason):
    monkeypatch.setattr(web_module, "MAX_BYTES", 4000)
    item = read_url(server.url + path, fetcher)
    assert isinstance(item, Failed)
    assert reason in item.reason
    assert "/secret" not in [asked for asked, _ in server.asked]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_private_addresses_are_refused(host):
    (item,) = read_sources([f"http://{host}:9/x"])
    assert isinstance(item, Failed)
    assert "private network" in item.reason


def test_requests_to_one_host_are_spaced(server):
    slept = []
    fetcher = Fetcher(allow_private=True, pause=30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_module.time, "sleep", slept.append)
        for path in ("/one", "/two"):
            fetcher.fetch(server.url + path)
    assert [round(seconds) for seconds in slept] == [30]


@pytest.mark.parametrize("feed", ["/feed", "/map", "/index", "/packed", "/relative", "/tracked"])
def test_feeds_and_sitemaps_yield_what_is_new(server, fetcher, feed):
    items = list(read_feeds([server.url + feed], fetcher, lambda url: url.endswith("/two")))
    assert [item.article.url for item in items] == [server.url + "/one"]
    if feed in ("/feed", "/relative"):
        assert items[0].article.published == "2021-11-08T10:00:00+00:00"


def test_what_is_no_feed_fails_and_the_next_one_follows(server, fetcher):
    items = list(read_feeds([server.url + "/long", server.url + "/map"], fetcher, lambda url: False))
    assert [type(item).__name__ for item in items] == ["Failed", "Found"]
    assert items[0].reason == "neither a feed nor a sitemap"


@pytest.mark.parametrize("gzipped", [False, True])
def test_pages_of_a_web_archive(tmp_path, gzipped):
    path = tmp_path / ("pages.warc.gz" if gzipped else "pages.warc")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzipped)
        for url, status, kind in (
            ("http://paper.example/a", "200 OK", "text/html"),
            ("http://paper.example/b", "404 Not Found", "text/html"),
            ("http://paper.example/c.png", "200 OK", "image/png"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            payload = io.BytesIO(PAGE.format("Archived").encode())
            writer.write_record(
                writer.create_warc_record(url, "response", payload=payload, http_headers=headers)
            )
    items = list(read_sources([str(path)]))
    assert [(item.article.id, item.article.title) for item in items] == [
        ("http://paper.example/a", "Archived")
    ]
    path.write_bytes(b"no archive at all")
    (item,) = read_sources([str(path)])
    assert isinstance(item, Failed)


def test_a_news_sitemap_tells_of_its_articles_and_a_missing_part_of_an_index_fails_alone(server, fetcher):
    (item,) = read_feeds([server.url + "/news"], fetcher, lambda url: False)
    assert (item.article.outlet, item.article.published) == ("The News", "2021-11-08")
    found, failed = read_feeds([server.url + "/broken-index"], fetcher, lambda url: False)
    assert (found.article.title, failed.reason) == ("One", "the server answers 404")


def test_a_robots_txt_that_has_moved_counts_and_waiting_does_not_use_up_the_time(server, monkeypatch):
    monkeypatch.setattr(web_module, "TIMEOUT_SECONDS", 5)
    clock = [0.0]
    monkeypatch.setattr(web_module.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(web_module.time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    server.robots = "/moved-robots"
    fetcher = Fetcher(allow_private=True, pause=40)
    assert "rebuild" in read_url(server.url + "/one", fetcher).article.text
    assert "rebuild" in read_url(server.url + "/two", fetcher).article.text
    assert "robots.txt asks not to" in read_url(server.url + "/secret", fetcher).reason


def test_the_connection_goes_to_the_address_that_was_checked(server, monkeypatch):
    """A name that leads elsewhere the second time it is looked up (DNS rebinding) gains nothing."""
    looked_up = []

    def look_up(host, port, **_):
        looked_up.append(host)
        address = "127.0.0.1" if len(looked_up) > 1 else "93.184.216.34"
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr(web_module.socket, "getaddrinfo", look_up)
    went = []
    fetcher = Fetcher()
    monkeypatch.setattr(
        fetcher._client, "send", lambda request, **_: went.append(request) or httpx.Response(404)
    )
    item = read_url("http://rebinding.example/one", fetcher)
    assert [request.url.host for request in went] == ["93.184.216.34"]
    assert went[0].headers["Host"] == "rebinding.example"
    # The next request is checked again.
    assert "private network" in item.reason


def test_a_redirect_into_a_private_network_is_refused(monkeypatch):
    def look_up(host, port, **_):
        return [(2, 1, 6, "", ("10.0.0.7" if host == "inside.example" else "93.184.216.34", port))]

    monkeypatch.setattr(web_module.socket, "getaddrinfo", look_up)
    fetcher = Fetcher(pause=0)

    def answer(request, **_):
        robots = request.url.path == "/robots.txt"
        return httpx.Response(404 if robots else 302, headers={"location": "http://inside.example/admin"})

    monkeypatch.setattr(fetcher._client, "send", answer)
    assert "inside.example is in a private network" in read_url("http://outside.example/", fetcher).reason


def test_pages_of_a_web_archive_as_servers_sent_them(tmp_path):
    """Packed, in chunks, with capital letters; a page that is damaged fails alone, revisits are no pages."""
    page = PAGE.format("Archived").encode()
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page[:200], page[200:], b""))
    kinds = {
        "/a": (gzip.compress(page), [("Content-Encoding", "gzip")]),
        "/b": (chunked, [("Transfer-Encoding", "chunked")]),
        "/c": (gzip.compress(page)[:-40] + b"x" * 30, [("Content-Encoding", "gzip")]),
        "/d": (page, []),
    }
    path = tmp_path / "pages.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for place, (payload, headers) in kinds.items():
            status = StatusAndHeaders(
                "200 OK", [("Content-Type", "TEXT/HTML"), *headers], protocol="HTTP/1.1"
            )
            url = f"http://paper.example{place}?utm_source=x"
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(payload), http_headers=status
            )
            writer.write_record(record)
        again = writer.create_revisit_record(
            "http://paper.example/e", "sha1:X", "http://paper.example/d", "2021-11-08T10:00:00Z"
        )
        writer.write_record(again)
    items = list(read_sources([str(path)]))
    good = {item.article.id[-2:]: item.article.text for item in items if isinstance(item, Found)}
    assert {"/a", "/b", "/d"} <= good.keys()
    assert all("rebuild the bridge" in text for text in good.values())
