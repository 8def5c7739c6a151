"""quotetrack extract"""

from __future__ import annotations

import sys

import click

from quotetrack.cli import EXIT_SOME_FAILED, options
from quotetrack.cli.progress import bar
from quotetrack.cli.table import printable


@click.command()
@options.models
@options.jobs
@options.columns
@options.encoding
@options.allow_private
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
def extract(
    models: str,
    jobs: int,
    columns: dict[str, str],
    encoding: str,
    allow_private: bool,
    sources: tuple[str, ...],
) -> None:
    """Print what is quoted in articles, without a database.

    SOURCE as for ingest; without one, standard input. Prints one JSON object a line for each article, in
    their order: {"id", "quotes": [{"start", "end", "text", "speaker", "speaker_type", "speaker_start",
    "speaker_end", "cue", "rule", "confidence", "complete", "speakers"}]}. Offsets count characters of the
    text; speaker_start and speaker_end are where the article names the speaker there; speakers has every
    speaker of the quotation, the other fields the first.
    """
    from quotetrack.export.jsonl import extract_lines
    from quotetrack.sources import Failed, count_items, read_sources

    failed = False
    # Lines that go to the terminal are progress enough.
    shown = not sys.stdout.isatty()
    # Bytes, so that the output is UTF-8 whatever the terminal's setting.
    output = sys.stdout.buffer
    sources = sources or ("-",)
    items = read_sources(sources, columns, encoding=encoding, allow_private=allow_private)
    with bar("article", lambda: count_items(sources), shown=shown) as progress:
        for line in extract_lines(items, options.extractor(models, jobs)):
            if isinstance(line, Failed):
                progress.write(f"failed  {printable(line.source)}: {printable(line.reason)}", file=sys.stderr)
                failed = True
            else:
                output.write(line.encode() + b"\n")
                output.flush()
            progress.update()
    if failed:
        sys.exit(EXIT_SOME_FAILED)
