"""The Stanza pipeline that everything else is built on: QuoteTrack's own small English models, or Stanford's.

Nothing heavy is imported before a pipeline is asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from quotetrack.errors import UserError

if TYPE_CHECKING:
    import stanza
    import torch
    from stanza.models.common.pretrain import Pretrain

BUNDLED = "bundled"
STANFORD = "stanford"
BUNDLED_FOLDER = Path(__file__).parent / "models"
LANGUAGE = "en"
PROCESSORS = "tokenize,mwt,pos,lemma,depparse,ner"
# Rows 0 to 3 of every Stanza vocabulary: padding, unknown, empty, root.
RESERVED_ROWS = 4
POSSESSIVES = ("'s", "’s")


class ModelsUnavailableError(UserError):
    """The models asked for are unknown, missing, or cannot be fetched; the message is for the user."""


def load_pipeline(models: str = BUNDLED, processors: str = PROCESSORS, **overrides: Any) -> stanza.Pipeline:
    """A Stanza pipeline for English that prints nothing.

    `models` is "bundled" (the files that come with QuoteTrack; no network), "stanford" (Stanza's own
    default models, fetched on first use) or a folder laid out like the bundled one.
    `overrides` go to stanza.Pipeline.
    """
    # The same article must give the same rows on every machine, so a GPU is used only when asked for.
    settings: dict[str, Any] = {"use_gpu": False, "logging_level": "ERROR", **overrides}
    with _no_optimizer():
        if models == STANFORD:
            return _stanford(processors, settings)
        return _local(_folder(models), processors, settings)


@contextmanager
def _no_optimizer() -> Iterator[None]:
    """Have Stanza make no optimizer, for which torch loads its compiler: a quarter of the time to start."""
    from stanza.models.common import utils

    make = utils.dispatch_optimizer
    utils.dispatch_optimizer = lambda *args, **settings: SimpleNamespace(param_groups=[])
    try:
        yield
    finally:
        utils.dispatch_optimizer = make


@lru_cache(maxsize=8)
def model_identity(models: str = BUNDLED) -> str:
    """Name, version and content hash of the models, to be kept with what they produced."""
    digest = hashlib.sha256()
    if models == STANFORD:
        from stanza.resources.common import DEFAULT_MODEL_DIR

        # Stanza's own list has the checksum of every model file.
        listed = Path(DEFAULT_MODEL_DIR) / "resources.json"
        if not listed.exists():
            return f"stanford-{LANGUAGE} stanza-{version('stanza')}"
        english = json.loads(listed.read_text(encoding="utf-8"))[LANGUAGE]
        digest.update(json.dumps(english, sort_keys=True).encode())
        return f"stanford-{LANGUAGE} stanza-{version('stanza')} {digest.hexdigest()[:12]}"
    folder = _folder(models)
    for path in sorted((folder / LANGUAGE).rglob("*.pt")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    english = json.loads((folder / "resources.json").read_text(encoding="utf-8"))[LANGUAGE]
    name, number = english.get("name", folder.name), english.get("version", "unversioned")
    return f"{name} {number} {digest.hexdigest()[:12]}"


def _folder(models: str) -> Path:
    folder = BUNDLED_FOLDER if models == BUNDLED else Path(models)
    if (folder / "resources.json").is_file():
        return folder.resolve()
    if models == BUNDLED:
        raise ModelsUnavailableError(f"The bundled models are missing from {folder}; reinstall QuoteTrack.")
    raise ModelsUnavailableError(
        f"Unknown models {models!r}: use {BUNDLED!r}, {STANFORD!r} or a folder with a resources.json."
    )


def _stanford(processors: str, settings: dict[str, Any]) -> stanza.Pipeline:
    import stanza

    settings.setdefault("download_method", stanza.DownloadMethod.REUSE_RESOURCES)
    try:
        return stanza.Pipeline(LANGUAGE, processors=processors, **settings)
    # Whatever goes wrong between here and the hub, the user's remedy is the same.
    except Exception as error:
        raise ModelsUnavailableError(
            f"Stanford's English models could not be fetched or loaded ({type(error).__name__}); "
            f"try again with a network, or use the {BUNDLED!r} models."
        ) from error


def _local(folder: Path, processors: str, settings: dict[str, Any]) -> stanza.Pipeline:
    import stanza
    from stanza.models.common.foundation_cache import FoundationCache

    cache = FoundationCache(local_files_only=True)
    for path in (folder / LANGUAGE / "pretrain").glob("*.pt"):
        cache.pretrains[str(path)] = _pretrain(path)
    pipeline = stanza.Pipeline(
        LANGUAGE,
        dir=str(folder),
        processors=processors,
        download_method=None,
        foundation_cache=cache,
        **settings,
    )
    if "ner" in pipeline.processors:
        for vectors in cache.pretrains.values():
            _share_vectors(pipeline.processors["ner"].trainers[0], vectors)
    return pipeline


def _share_vectors(tagger: Any, vectors: Pretrain) -> None:
    """Let the tagger of names use the vectors in memory: it would keep words and matrix a second time."""
    from torch.nn import Embedding

    tagger.vocab["word"] = vectors.vocab
    tagger.model.word_emb = Embedding.from_pretrained(vectors.emb)


def _pretrain(path: Path) -> Pretrain:
    import torch
    from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab

    class Words(PretrainedWordVocab):
        """Finds "minister’s", which is one token to the tagger of names, under "minister"."""

        def normalize_unit(self, unit: str) -> str:
            unit = super().normalize_unit(unit)
            if unit and unit not in self._unit2id and unit.endswith(POSSESSIVES):
                return unit[:-2]
            return unit

    pretrain = Pretrain(str(path))
    packed = torch.load(path, map_location="cpu", weights_only=True)
    if "words" in packed:
        words, pretrain._emb = words_and_vectors(packed)
        pretrain._vocab = Words(words)
    else:  # a file of Stanza's own kind, whose half-precision vectors Stanza would not take
        pretrain._emb = torch.as_tensor(packed["emb"]).float()
        pretrain._vocab = Words.load_state_dict(packed["vocab"])
    return pretrain


def words_and_vectors(packed: dict[str, Any]) -> tuple[list[str], torch.Tensor]:
    """The words of a packed file of vectors and their single-precision matrix, Stanza's reserved rows first.

    A word's vector is a row that it may share with others, then numbers of its own.
    """
    import torch

    words = packed["words"].split("\n")
    rows = packed["rows"].float() * packed["rows_scale"]
    width = rows.shape[1]
    matrix = torch.zeros(RESERVED_ROWS + len(words), width + packed["own"].shape[1])
    torch.index_select(rows, 0, packed["index"].int(), out=matrix[RESERVED_ROWS:, :width])
    torch.mul(packed["own"], packed["own_scale"], out=matrix[RESERVED_ROWS:, width:])
    return words, matrix
