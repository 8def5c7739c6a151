"""One name for a file, however its path was typed."""

from __future__ import annotations

import os
from pathlib import Path


def file_name(typed: str) -> str:
    """The path of `typed` from the working folder where it lies in it, else from the root.

    Links count as files of their own, so only what a path says more than once is left out: "./", "a/../".
    """
    whole = os.path.abspath(typed)
    if os.pardir in Path(typed).parts and _differ(whole, typed):
        # After a link to a folder, ".." is where that folder really is.
        whole = os.path.realpath(typed)
    for folder in _working_folders():
        start = os.path.join(folder, "")
        if whole.startswith(start):
            return whole.removeprefix(start)
    return whole


def _working_folders() -> list[str]:
    """The working folder, and what the shell calls it where a link leads there."""
    real, called = os.getcwd(), os.environ.get("PWD")
    return [real, called] if called and os.path.isabs(called) and not _differ(real, called) else [real]


def _differ(path: str, other: str) -> bool:
    try:
        return not os.path.samefile(path, other)
    except OSError:
        return os.path.exists(path) != os.path.exists(other)
