"""Pack the trained models for shipping: python -m training.pack --work DIR [--out FOLDER]

Weights in half precision (measured: 0.02 % of heads differ), no optimizer state, no paths or other training
arguments, and nothing twice.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from training.common import Folders, parser

VERSION = "2026.11.1"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
WITH_VECTORS = ("pos", "depparse")
OUT = Path("quotetrack/language/models")
# The tokenizer's training window becomes its longest token: a long address must fit.
LONGEST_TOKEN = 1000
# What the trainers put into a model's configuration and nothing reads when the model is loaded or runs.
# (Stanza builds an optimizer whenever it loads a model, so its settings stay.)
TRAINING_ONLY = {
    "adapt_eval_interval", "anneal", "anneal_after", "batch_maximum_tokens", "bert_finetune_layers",
    "bert_start_finetuning", "bert_warmup_steps", "checkpoint", "checkpoint_interval",
    "checkpoint_save_name", "continue_from", "decay_epoch", "device", "epochs", "eval_interval",
    "eval_steps", "log_norms", "log_step", "lr_decay", "max_grad_norm", "max_steps",
    "max_steps_before_stop", "max_steps_no_improve", "min_lr", "num_epoch", "patience", "plateau_decay",
    "plateau_steps", "report_steps", "sample_train", "save_each", "second_bert_learning_rate",
    "second_lr", "second_optim_reload", "second_optim_start_step", "second_warmup_steps",
    "second_weight_decay", "seed", "shuffle_steps", "silver_weight", "steps", "train_ratios",
    "train_size", "use_plateau", "wandb",
}  # fmt: skip
PATHS = ("_dir", "_file", "_name", "dev_conll_gold")


def scrubbed(config: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in config.items() if k not in TRAINING_ONLY}
    # Some are looked up, if only to find them empty.
    return {k: None if k.endswith(PATHS) else v for k, v in kept.items()}


def halved(weights: Any) -> Any:
    import torch

    if isinstance(weights, torch.Tensor):
        return weights.half() if weights.dtype == torch.float32 else weights
    if isinstance(weights, dict):
        return {k: halved(v) for k, v in weights.items()}
    return weights


def packed(processor: str, checkpoint: dict[str, Any]) -> dict[str, Any]:
    model = {k: v for k, v in checkpoint.items() if "optimizer" not in k}
    model["config"] = scrubbed(checkpoint["config"])
    model["model"] = halved(checkpoint["model"])
    if processor == "tokenize":
        model["config"]["max_seqlen"] = LONGEST_TOKEN
    if "dev_score_history" in model:
        model["dev_score_history"] = []
    if processor == "ner":
        # Never trained, all zeros; and the words are those of the vectors, which loading puts in their place.
        model["model"].pop("delta_emb.weight", None)
        vocabularies = model["vocab"]
        vocabularies.pop("delta", None)
        words = vocabularies["word"]
        words["_id2unit"] = words["_id2unit"][:4]
        words["_unit2id"] = {w: i for i, w in enumerate(words["_id2unit"])}
    return model


def resources() -> dict[str, Any]:
    """The index of models that Stanza reads."""
    vectors = {"dependencies": [{"model": "pretrain", "package": "news"}]}
    english: dict[str, Any] = {
        "lang_name": "English",
        "name": "quotetrack-en",
        "version": VERSION,
        "packages": {"default": dict.fromkeys(PROCESSORS, "news")},
        "default_processors": {},
        "default_dependencies": {},
        "pretrain": {"news": {}},
    }
    for processor in PROCESSORS:
        english[processor] = {"news": vectors if processor in WITH_VECTORS else {}}
    return {"en": english}


def main(place: Folders, out: Path) -> None:
    import torch

    for processor in PROCESSORS:
        checkpoint = torch.load(place.models / f"{processor}.pt", map_location="cpu", weights_only=True)
        target = out / "en" / processor / "news.pt"
        target.parent.mkdir(parents=True, exist_ok=True)
        torch.save(packed(processor, checkpoint), target)
    target = out / "en" / "pretrain" / "news.pt"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(place.work / "vectors.packed.pt", target)
    (out / "resources.json").write_text(json.dumps(resources(), indent=1) + "\n", encoding="utf-8")
    for path in sorted(out.rglob("*.pt")):
        print(f"{path.stat().st_size / 1e6:6.2f} MB  {path.relative_to(out)}")


if __name__ == "__main__":
    given = parser(__doc__)
    given.add_argument("--out", type=Path, default=OUT)
    asked = given.parse_args()
    main(Folders(asked.data, asked.work), asked.out)
