"""Chromium, driven through chromedriver's HTTP interface (W3C WebDriver), for which httpx is enough.

Debian has both: `apt-get install chromium chromium-driver`.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = None if CHROMIUM and DRIVER else "needs a browser: apt-get install chromium chromium-driver"

TELEPHONE = (390, 844)
DESKTOP = (1280, 900)
STARTING_SECONDS = 90
LOADING_SECONDS = 60

_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--disable-dev-shm-usage",
)  # fmt: skip
# WebDriver's name for a reference to an element, and its code for the tabulator key.
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
TAB, ENTER = "\ue004", "\ue007"


class Browser:
    """One window. Every method raises httpx.HTTPStatusError where the browser refuses."""

    def __init__(self, address: str, profile: Path) -> None:
        self._client = httpx.Client(base_url=address, timeout=120)
        options = {"binary": CHROMIUM, "args": [*_ARGUMENTS, f"--user-data-dir={profile}"]}
        capabilities = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        answer = self._client.post("/session", json={"capabilities": {"alwaysMatch": capabilities}})
        answer.raise_for_status()
        self._session = f"/session/{answer.json()['value']['sessionId']}"

    def _ask(self, path: str, **body: Any) -> Any:
        answer = self._client.post(self._session + path, json=body)
        answer.raise_for_status()
        return answer.json()["value"]

    def command(self, name: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol."""
        return self._ask("/goog/cdp/execute", cmd=name, params=parameters)

    def screen(self, size: tuple[int, int]) -> None:
        """Take the screen of a desktop or a telephone (width, height in CSS pixels)."""
        width, height = size
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=size == TELEPHONE,
        )  # fmt: skip

    def open(self, address: str) -> None:
        self._ask("/url", url=address)

    def run(self, script: str, *arguments: Any) -> Any:
        """What the body of a function `script` returns in the page, whatever its policy allows scripts."""
        return self._ask("/execute/sync", script=script, args=list(arguments))

    def press(self, *keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._ask("/actions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Wait for the page that what is done inside leads to; WebDriver waits for no form that is sent.

        Raises TimeoutError where none comes.
        """
        self.run("window.left = true")
        yield
        deadline = time.monotonic() + LOADING_SECONDS
        while self.run("return window.left || document.readyState != 'complete'"):
            if time.monotonic() > deadline:
                raise TimeoutError("no other page came")
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        element = self._ask("/element", using="css selector", value=selector)[_ELEMENT]
        self._ask(f"/element/{element}/click")

    def type(self, selector: str, text: str) -> None:
        element = self._ask("/element", using="css selector", value=selector)[_ELEMENT]
        self._ask(f"/element/{element}/value", text=text)

    def complaints(self) -> list[str]:
        """What the console has said since it was last asked: errors, refusals by the page's policy."""
        return [entry["message"] for entry in self._ask("/se/log", type="browser")]

    def quit(self) -> None:
        self._client.delete(self._session)
        self._client.close()


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own in the folder `profile`."""
    port = free_port()
    driver = subprocess.Popen([str(DRIVER), f"--port={port}"], stdout=subprocess.DEVNULL)
    try:
        wait_for(port, driver)
        window = Browser(f"http://127.0.0.1:{port}", profile)
        try:
            yield window
        finally:
            window.quit()
    finally:
        driver.terminate()
        driver.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when `process` listens on `port`; raises TimeoutError if it ends or takes too long."""
    deadline = time.monotonic() + STARTING_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{process.args} did not start")
