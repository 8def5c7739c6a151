import json
import subprocess
import sys

import pytest

from quotetrack.language.loading import (
    BUNDLED_FOLDER,
    ModelsUnavailableError,
    load_pipeline,
    model_identity,
)

MOST_BYTES = 40_000_000
SENTENCE = "“The old bridge is safe again,” said Amina Okonjo, the transport minister, on Monday."


@pytest.fixture(scope="module")
def parsed():
    return load_pipeline()(SENTENCE)


def test_the_bundled_models_read_a_sentence(parsed):
    (sentence,) = parsed.sentences
    words = {word.text: word for word in sentence.words}
    said, speaker = words["said"], words["Amina"]
    assert (said.upos, said.lemma) == ("VERB", "say")
    assert (sentence.words[speaker.head - 1].text, speaker.deprel) == ("said", "nsubj")
    assert words["minister"].deprel == "appos"
    assert ("Amina Okonjo", "PERSON") in [(e.text, e.type) for e in sentence.ents]


def test_offsets_are_those_of_the_text(parsed):
    for token in parsed.iter_tokens():
        assert SENTENCE[token.start_char : token.end_char] == token.text


def test_nothing_is_printed(capfd):
    load_pipeline(processors="tokenize")("Nothing to see.")
    assert capfd.readouterr() == ("", "")


def test_torchs_compiler_is_not_loaded_with_the_models():
    code = "import sys, quotetrack.language.parse as p; p.Parser(); print('torch._dynamo' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_possessives_share_the_vector_of_their_word():
    vectors = load_pipeline(processors="tokenize,mwt,pos").foundation_cache.pretrains
    for pretrain in vectors.values():
        assert pretrain.vocab["minister’s"] == pretrain.vocab["minister"] > 3
        assert pretrain.vocab["'s"] > 3


def test_the_bundled_models_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in BUNDLED_FOLDER.rglob("*") if path.is_file()) <= MOST_BYTES


def test_no_training_path_is_left_in_the_configurations():
    torch = pytest.importorskip("torch")
    for path in BUNDLED_FOLDER.rglob("*.pt"):
        config = torch.load(path, weights_only=True).get("config", {})
        assert not [v for v in config.values() if isinstance(v, str) and ("/" in v or v.endswith(".pt"))]


def test_identity_names_version_and_content():
    name, version, content = model_identity("bundled").split()
    assert name == "quotetrack-en"
    assert version == json.loads((BUNDLED_FOLDER / "resources.json").read_text())["en"]["version"]
    assert len(content) == 12


@pytest.mark.parametrize("use", [load_pipeline, model_identity])
def test_unknown_models_are_named_in_one_line(use):
    with pytest.raises(ModelsUnavailableError, match="Unknown models 'nonsense'") as caught:
        use("nonsense")
    assert "\n" not in str(caught.value)


def test_stanfords_models_without_a_network_are_a_clear_error(monkeypatch):
    stanza = pytest.importorskip("stanza")

    def refuse(*_, **__):
        raise ConnectionError("no network in tests")

    monkeypatch.setattr(stanza, "Pipeline", refuse)
    with pytest.raises(ModelsUnavailableError, match=r"ConnectionError.*'bundled'"):
        load_pipeline("stanford")
