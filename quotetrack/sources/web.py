"""Fetching pages politely and safely.

Polite: an honest name, robots.txt, a pause between requests to one host. Safe: limits of time and size, few
redirects, and no addresses inside the user's own network, which a feed or a redirect could point to.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched from `url` in the end, and what the server said it is."""

    url: str
    body: bytes
    content_type: str | None


class Fetcher:
    """Fetches pages, remembering for each host what it allows and when it was last asked."""

    def __init__(self, *, allow_private: bool = False, pause: float = PAUSE_SECONDS) -> None:
        self._allow_private = allow_private
        self._pause = pause
        self._client = httpx.Client(
            timeout=TIMEOUT_SECONDS,
            headers={"User-Agent": USER_AGENT},
            trust_env=False,
            # Many sites share an address: a connection to one of them must not be used for another.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """What is at `url`, where that leads. Raises FetchError."""
        for _ in range(MAX_REDIRECTS + 1):
            parsed = _parse(url)
            robots = self._robots_of(parsed)
            if not robots.can_fetch(USER_AGENT, url):
                raise FetchError("its robots.txt asks not to fetch it")
            self._wait(parsed.host, robots)
            status, headers, body = self._get(parsed)
            if 300 <= status < 400 and "location" in headers:
                url = str(parsed.join(headers["location"]))
                continue
            if status != httpx.codes.OK:
                raise FetchError(f"the server answers {status}")
            return Fetched(url, body, headers.get("content-type"))
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _robots_of(self, url: httpx.URL) -> RobotFileParser:
        site = str(url.copy_with(raw_path=b"/"))
        if site not in self._robots:
            robots = RobotFileParser()
            status, body = self._get_robots(url.copy_with(raw_path=b"/robots.txt"))
            # As RFC 9309 has it: no robots.txt, no rules; a server in trouble, nothing is allowed.
            if status >= 500:
                robots.parse(["User-agent: *", "Disallow: /"])
            elif status >= 300:
                robots.parse([])
            else:
                robots.parse(body.decode(errors="replace").splitlines())
            self._robots[site] = robots
        return self._robots[site]

    def _get_robots(self, url: httpx.URL) -> tuple[int, bytes]:
        for _ in range(MAX_REDIRECTS + 1):
            status, headers, body = self._get(url)
            if not (300 <= status < 400 and "location" in headers):
                break
            url = _parse(str(url.join(headers["location"])))
        return status, body

    def _wait(self, host: str, robots: RobotFileParser) -> None:
        asked_for = float(robots.crawl_delay(USER_AGENT) or 0)
        pause = min(max(self._pause, asked_for), MAX_PAUSE_SECONDS)
        since = time.monotonic() - self._asked.get(host, float("-inf"))
        if since < pause:
            time.sleep(pause - since)
        self._asked[host] = time.monotonic()

    def _get(self, url: httpx.URL) -> tuple[int, httpx.Headers, bytes]:
        deadline = time.monotonic() + TIMEOUT_SECONDS
        error: Exception | None = None
        for address in self._addresses(url):
            try:
                return self._get_from(address, url, deadline)
            except httpx.ConnectError as failed:
                # A host may have an address that cannot be reached from here, as of IPv6.
                error = failed
            except httpx.HTTPError as failed:
                error = failed
                break
        raise FetchError(str(error) or type(error).__name__) from error

    def _get_from(self, address: str, url: httpx.URL, deadline: float) -> tuple[int, httpx.Headers, bytes]:
        # The connection is made to the address that was checked, so that the name cannot lead elsewhere
        # meanwhile.
        request = self._client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={"Host": url.netloc.decode()},
            extensions={"sni_hostname": url.host},
        )
        response = self._client.send(request, stream=True)
        try:
            body = bytearray()
            for block in response.iter_bytes():
                body += block
                if len(body) > MAX_BYTES:
                    raise FetchError(f"more than {MAX_BYTES // 1_000_000} MB")
                if time.monotonic() > deadline:
                    raise FetchError(f"not there within {TIMEOUT_SECONDS:.0f} seconds")
        finally:
            response.close()
        return response.status_code, response.headers, bytes(body)

    def _addresses(self, url: httpx.URL) -> list[str]:
        """The addresses of the host, if all of them are public ones."""
        try:
            found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"there is no host {url.host}") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self._allow_private and not all(ipaddress.ip_address(one).is_global for one in addresses):
            raise FetchError(f"{url.host} is in a private network (--allow-private fetches it)")
        return list(dict.fromkeys(addresses))


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"not an address ({error})") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError("not an http or https address")
    return parsed
