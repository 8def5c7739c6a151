"""Train the tokenizer and sentence splitter: python -m training.tokenizer --work DIR

Needs training.treebanks first.
"""

from __future__ import annotations

from training.common import SHORTHAND, Folders, folders, options

# Twelve minutes of one core; the dev score was highest at 3,300 steps, and ten minutes more lowered it.
STEPS = 4400
# Windows of 200 characters: longer ones cost time and change nothing. Packing raises it to 1000,
# because at run time it is the longest token.
WINDOW = 200
# A fifth of the time at run time; 64, the trainer's own, ends no more sentences rightly.
HIDDEN = 48
# The last four, Stanza's own for English, tell tables and addresses from prose.
FEATURES = (
    "space_before,capitalized,numeric,end_of_para,start_of_para,labeled_field,phone_id,date_pattern,currency"
)


def main(place: Folders) -> None:
    from stanza.models import tokenizer

    banks = place.treebanks
    tokenizer.main(
        options(
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
            hidden_dim=HIDDEN,
            feat_funcs=FEATURES,
            steps=STEPS,
            eval_steps=300,
            report_steps=100,
            max_steps_before_stop=STEPS,
            anneal=0.8,
            anneal_after=1000,
            save_dir=place.models,
            save_name="tokenize.pt",
            device="cpu",
        )
    )


if __name__ == "__main__":
    main(folders(__doc__))
