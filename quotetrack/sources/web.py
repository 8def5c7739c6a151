"""Fetching pages politely and safely.

Polite: an honest name, robots.txt, a pause between requests to one host. Safe: limits of time and size, few
redirects, and no addresses inside the user's own network, which a feed or a redirect could point to.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from importlib.metadata import version
from urllib.robotparser import RobotFileParser

import httpx

USER_AGENT = f"QuoteTrack/{version('quotetrack')} (quotations in the news)"
TIMEOUT_SECONDS = 30.0
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
# The pause between two requests to a host, unless its robots.txt asks for more; more than a minute is not
# waited.
PAUSE_SECONDS = 1.0
MAX_PAUSE_SECONDS = 60.0


class FetchError(Exception):
    """The page cannot be had; the message says why."""


class Fetcher:
    """Fetches pages, remembering for each host what it allows and when it was last asked."""

    def __init__(self, *, allow_private: bool = False, pause: float = PAUSE_SECONDS) -> None:
        self._allow_private = allow_private
        self._pause = pause
        self._client = httpx.Client(
            timeout=TIMEOUT_SECONDS, headers={"User-Agent": USER_AGENT}, trust_env=False
        )
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str) -> tuple[str, bytes]:
        """Where `url` led in the end, and what is there. Raises FetchError."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        for _ in range(MAX_REDIRECTS + 1):
            parsed = _parse(url)
            robots = self._robots_of(parsed)
            if not robots.can_fetch(USER_AGENT, url):
                raise FetchError("its robots.txt asks not to fetch it")
            self._wait(parsed.host, robots)
            status, headers, body = self._get(parsed, deadline)
            if 300 <= status < 400 and "location" in headers:
                url = str(parsed.join(headers["location"]))
                continue
            if status != httpx.codes.OK:
                raise FetchError(f"the server answers {status}")
            return url, body
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _robots_of(self, url: httpx.URL) -> RobotFileParser:
        site = str(url.copy_with(raw_path=b"/"))
        if site not in self._robots:
            robots = RobotFileParser()
            address = url.copy_with(raw_path=b"/robots.txt")
            status, _, body = self._get(address, time.monotonic() + TIMEOUT_SECONDS)
            # As RFC 9309 has it: no robots.txt, no rules; a server in trouble, nothing is allowed.
            if status >= 500:
                robots.parse(["User-agent: *", "Disallow: /"])
            elif status >= 300:
                robots.parse([])
            else:
                robots.parse(body.decode(errors="replace").splitlines())
            self._robots[site] = robots
        return self._robots[site]

    def _wait(self, host: str, robots: RobotFileParser) -> None:
        asked_for = float(robots.crawl_delay(USER_AGENT) or 0)
        pause = min(max(self._pause, asked_for), MAX_PAUSE_SECONDS)
        since = time.monotonic() - self._asked.get(host, float("-inf"))
        if since < pause:
            time.sleep(pause - since)
        self._asked[host] = time.monotonic()

    def _get(self, url: httpx.URL, deadline: float) -> tuple[int, httpx.Headers, bytes]:
        # The connection is made to the address that was checked, so that the name cannot lead elsewhere
        # meanwhile.
        request = self._client.build_request(
            "GET",
            url.copy_with(host=self._address(url)),
            headers={"Host": url.netloc.decode()},
            extensions={"sni_hostname": url.host},
        )
        try:
            response = self._client.send(request, stream=True)
            body = b""
            for block in response.iter_bytes():
                body += block
                if len(body) > MAX_BYTES:
                    raise FetchError(f"more than {MAX_BYTES // 1_000_000} MB")
                if time.monotonic() > deadline:
                    raise FetchError(f"not there within {TIMEOUT_SECONDS:.0f} seconds")
            response.close()
        except httpx.HTTPError as error:
            raise FetchError(str(error) or type(error).__name__) from error
        return response.status_code, response.headers, body

    def _address(self, url: httpx.URL) -> str:
        """An address of the host, if all of its addresses are public ones."""
        try:
            found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise FetchError(f"there is no host {url.host}") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self._allow_private and not all(ipaddress.ip_address(one).is_global for one in addresses):
            raise FetchError(f"{url.host} is in a private network (--allow-private fetches it)")
        return addresses[0]


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"not an address ({error})") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError("not an http or https address")
    return parsed
