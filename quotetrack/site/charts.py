"""Charts drawn on the server as inline SVG: no scripts, no styles of their own, readable by a screen reader.

Positions are per cent of the width, so a chart fills any screen while its lettering keeps its size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from quotetrack.site import words

HEIGHT = 150
_PLOT_TOP = 22
_PLOT_BOTTOM = 126

# As many bars as a telephone's screen can tell apart; beyond that quarters, then years are shown.
MAX_BARS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """`part` of `total` is drawn darker: those without a speaker, say."""

    label: str
    total: int
    part: int = 0


def by_time(counts: Mapping[str, tuple[int, int]]) -> list[Bar]:
    """Bars without gaps from counts by month ("2021-11": (total, part)), by month, quarter or year as fits.

    What is no month ("", "2021") is left out, except that years are kept where there is nothing else.
    """
    months = sorted(month for month in counts if _is_month(month))
    if not months:
        return _years({month: n for month, n in counts.items() if len(month) == 4 and month.isdecimal()})
    for step, label in ((1, _month_label), (3, _quarter_label)):
        first, last = (_index(month) // step for month in (months[0], months[-1]))
        if last - first < MAX_BARS:
            sums = {position: [0, 0] for position in range(first, last + 1)}
            for month in months:
                _add(sums[_index(month) // step], counts[month])
            return [Bar(label(position), total, part) for position, (total, part) in sums.items()]
    yearly: dict[str, list[int]] = {}
    for month in months:
        _add(yearly.setdefault(month[:4], [0, 0]), counts[month])
    return _years({year: (total, part) for year, (total, part) in yearly.items()})


def draw(bars: list[Bar], title: str, part_name: str = "") -> Markup:
    """The bars as one SVG element; `title` is read out in its place, and each bar tells its count."""
    if not bars:
        return Markup("")
    highest = max(bar.total for bar in bars) or 1
    width = 100 / len(bars)
    parts = [
        f'<svg class="qt-chart" width="100%" height="{HEIGHT}" role="img" aria-label="{escape(title)}">',
        f'<line class="qt-grid" x1="0" x2="100%" y1="{_PLOT_TOP}" y2="{_PLOT_TOP}"/>',
        f'<text class="qt-scale" x="0" y="{_PLOT_TOP - 7}">{highest:,}</text>',
        f'<line class="qt-axis" x1="0" x2="100%" y1="{_PLOT_BOTTOM}" y2="{_PLOT_BOTTOM}"/>',
    ]
    for position, bar in enumerate(bars):
        parts.append(_bar(bar, position * width, width, highest, part_name))
    for position, label in _ticks(bars):
        parts.append(
            f'<text class="qt-tick" x="{position * width:.3f}%" y="{HEIGHT - 8}">{escape(label)}</text>'
        )
    parts.append("</svg>")
    return Markup("".join(parts))  # every value above is a number or escaped


def _bar(bar: Bar, left: float, width: float, highest: int, part_name: str) -> str:
    gap = width * 0.14
    full = _PLOT_BOTTOM - _PLOT_TOP
    # A bar that stands for something is never too low to be seen.
    height = max(full * bar.total / highest, 1.5) if bar.total else 0
    dark = full * bar.part / highest
    told = f"{bar.label}: {bar.total:,}" + (f", {bar.part:,} {part_name}" if part_name else "")
    place = f'x="{left + gap / 2:.3f}%" width="{width - gap:.3f}%"'
    drawn = f'<rect class="qt-bar" {place} y="{_PLOT_BOTTOM - height:.1f}" height="{height:.1f}"/>'
    if dark:
        drawn += f'<rect class="qt-bar-part" {place} y="{_PLOT_BOTTOM - dark:.1f}" height="{dark:.1f}"/>'
    return f"<g><title>{escape(told)}</title>{drawn}</g>"


def _ticks(bars: list[Bar]) -> list[tuple[int, str]]:
    """Where years begin, thinned out until the labels cannot touch on a telephone."""
    first_of_year: dict[str, int] = {}
    for position, bar in enumerate(bars):
        first_of_year.setdefault(bar.label[-4:], position)
    starts = [(position, year) for year, position in first_of_year.items()]
    # A year of which only a few bars are left at the start would print over the next one.
    if len(starts) > 1 and (starts[1][0] - starts[0][0]) / len(bars) < 0.12:
        starts = starts[1:]
    every = -(-len(starts) // 7)
    return starts[::every]


def _years(counts: Mapping[str, tuple[int, int]]) -> list[Bar]:
    if not counts:
        return []
    last = int(max(counts))
    # A date out of all proportion, a typing error for one, does not squeeze the others together.
    first = max(int(min(counts)), last - 2 * MAX_BARS)
    return [Bar(f"{year:04}", *counts.get(f"{year:04}", (0, 0))) for year in range(first, last + 1)]


def _add(sums: list[int], counts: tuple[int, int]) -> None:
    sums[0] += counts[0]
    sums[1] += counts[1]


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdecimal() and text[5:] in _NAMES


_NAMES = {f"{number:02}": name for number, name in enumerate(words.MONTHS, start=1)}


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month_label(index: int) -> str:
    return f"{_NAMES[f'{index % 12 + 1:02}']} {index // 12:04}"


def _quarter_label(index: int) -> str:
    return f"quarter {index % 4 + 1} of {index // 4:04}"
