"""The steps of the job, timed from outside: public functions and Stanza's processors are wrapped.

Where the product's parts move, this fails with an AttributeError rather than leave a step out.
"""

from __future__ import annotations

from importlib import import_module
from inspect import isfunction
from typing import Any

from benchmarks.speed.clock import Clock

STANZA = "Stanza: "
NETWORK = ", network"
# Step → module and function. A name is wrapped where it is called from, not where it is defined.
EXTRACTION = {
    "marks": [("quotetrack.extraction", "find_quoted")],
    "passages": [("quotetrack.extraction", "choose_passages")],
    "attribution: reading": [("quotetrack.quotations.attribution", "make_reading")],
    "attribution: mentions": [("quotetrack.quotations.attribution", "find_mentions")],
    "attribution: rules": [("quotetrack.quotations.attribution", "propose")],
    "attribution: referents": [("quotetrack.quotations.coreference", "find_referents")],
    "attribution: features": [("quotetrack.quotations.attribution", "describe")],
    "attribution: rest": [("quotetrack.quotations.attribution", "attribute")],
}
# Step → module and class, whose construction and public methods are wrapped.
CLASSES = {
    "Stanza: its words made ours": ("quotetrack.language.parse", "Parser"),
    "Stanza: tokenize": ("quotetrack.language.segmenting", "Segmenter"),
    "Stanza: mwt": ("quotetrack.language.forms", "Expansions"),
    "Stanza: pos": ("quotetrack.language.tagging", "PartsOfSpeech"),
    "Stanza: lemma": ("quotetrack.language.forms", "Lemmas"),
    "Stanza: depparse": ("quotetrack.language.decoding", "Dependencies"),
    "Stanza: ner": ("quotetrack.language.tagging", "Names"),
    "attribution: ranker's network": ("quotetrack.quotations.ranker", "Ranker"),
}
LINKING = {
    "linking": [("quotetrack.database.writer", "find_or_add"), ("quotetrack.database.writer", "settle")],
}
# What a processor's network is asked for; the decoding of its scores and the making of batches are outside.
FORWARD = (
    "forward", "forward_scores", "encode", "decode", "states", "scores", "arc_scores", "relation_scores",
    "weigh",
)  # fmt: skip


def time_extraction(clock: Clock) -> None:
    """Wrap the steps from an article to its quotations; to be called before any model is loaded."""
    _wrap_functions(clock, EXTRACTION)
    for step, (module, owner) in CLASSES.items():
        _wrap_class(clock, step, getattr(import_module(module), owner))
    parse: Any = import_module("quotetrack.language.parse")
    load = parse.load_pipeline

    def load_timed(*args: Any, **kwargs: Any) -> Any:
        pipeline = load(*args, **kwargs)
        for name, processor in pipeline.processors.items():
            _wrap_processor(clock, STANZA + name, processor)
        return pipeline

    parse.load_pipeline = load_timed


def time_linking(clock: Clock) -> None:
    """Wrap what decides, while rows are written, which speakers are one."""
    _wrap_functions(clock, LINKING)


def _wrap_functions(clock: Clock, functions: dict[str, list[tuple[str, str]]]) -> None:
    for step, places in functions.items():
        for module, name in places:
            _wrap(clock, step, import_module(module), name)


def _wrap_class(clock: Clock, step: str, owner: type) -> None:
    for name, member in list(vars(owner).items()):
        if isfunction(member) and (name == "__init__" or not name.startswith("_")):
            _wrap(clock, step + NETWORK if name in FORWARD else step, owner, name)


def _wrap_processor(clock: Clock, step: str, processor: Any) -> None:
    for name in ("process", "bulk_process"):
        _wrap(clock, step, processor, name)
    for trainer in getattr(processor, "trainers", [processor.trainer]):
        for name in FORWARD:
            # Only parsers score, only sequence-to-sequence networks encode and decode.
            if hasattr(trainer.model, name):
                _wrap(clock, step + NETWORK, trainer.model, name)


def _wrap(clock: Clock, step: str, owner: Any, name: str) -> None:
    setattr(owner, name, clock.timed(step, getattr(owner, name)))
