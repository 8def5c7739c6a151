"""Train the tokenizer and sentence splitter: python -m training.tokenizer --work DIR --minutes N [--again]

Needs training.treebanks first. With --again it goes on from the one that is there.
"""

from __future__ import annotations

from functools import partial

from training.common import SHORTHAND, Folders, falling_rate, options, parser

RATE, RATE_AGAIN = 2e-3, 1e-3
# Windows of 200 characters: longer ones cost time and change nothing. Packing raises it to 1000,
# because at run time it is the longest token.
WINDOW = 200
# The last four, Stanza's own for English, tell tables and addresses from prose.
FEATURES = (
    "space_before,capitalized,numeric,end_of_para,start_of_para,labeled_field,phone_id,date_pattern,currency"
)


def main(place: Folders, minutes: float, again: bool) -> None:
    from stanza.models import tokenizer

    banks = place.treebanks
    rate = RATE_AGAIN if again else RATE
    command = options(
        mode="train",
        lang="en",
        shorthand=SHORTHAND,
        txt_file=banks / "en_news.train.txt",
        label_file=banks / "en_news-ud-train.toklabels",
        mwt_json_file=banks / "en_news-ud-train-mwt.json",
        dev_txt_file=banks / "en_news.dev.txt",
        dev_label_file=banks / "en_news-ud-dev.toklabels",
        dev_conll_gold=banks / "en_news.dev.gold.conllu",
        max_seqlen=WINDOW,
        feat_funcs=FEATURES,
        lr0=rate,
        steps=1_000_000,
        eval_steps=300,
        report_steps=100,
        max_steps_before_stop=1_000_000,
        anneal_after=1_000_000,
        save_dir=place.models,
        save_name="tokenize.pt",
        device="cpu",
    )
    if again:
        # The trainer's own --load_name fails in Stanza 1.15.0.
        before = str(place.models / "tokenize.pt")
        tokenizer.Trainer = partial(tokenizer.Trainer, model_file=before)
    with falling_rate(minutes, rate):
        tokenizer.main(command)


if __name__ == "__main__":
    given = parser(__doc__)
    given.add_argument("--minutes", type=float, default=15)
    given.add_argument("--again", action="store_true", help="go on from the model that is there")
    asked = given.parse_args()
    main(Folders(asked.data, asked.work), asked.minutes, asked.again)
