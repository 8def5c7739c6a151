"""Charts drawn on the server as inline SVG: no scripts, no styles of their own, readable by a screen reader.

Positions are per cent of the width, so a chart fills any screen while its lettering keeps its size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from quotetrack.site import words

HEIGHT = 150
_PLOT_TOP = 22
_PLOT_BOTTOM = 126

# As many bars as a telephone's screen can tell apart; beyond that a bar stands for more time.
MAX_BARS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """`part` of `total` is drawn darker: those without a speaker, say."""

    label: str
    total: int
    part: int = 0


def by_time(counts: Mapping[str, tuple[int, int]]) -> list[Bar]:
    """Bars without gaps from counts by month ("2021-11": (total, part)): by month, quarter … as fits.

    What is no month ("", "2021") is left out, except that years are kept where there is nothing else.
    """
    dated = {_index(month): n for month, n in counts.items() if _is_month(month)}
    steps = _STEPS
    if not dated:
        dated = {int(year) * 12: n for year, n in counts.items() if len(year) == 4 and year.isdecimal()}
        steps = [step for step in _STEPS if step[0] >= 12]
    if not dated:
        return []
    middle = max(dated, key=lambda index: dated[index][0])
    near = {index: n for index, n in dated.items() if abs(index - middle) <= _FAR}
    step, label = next(step for step in steps if max(near) // step[0] - min(near) // step[0] < MAX_BARS)
    sums = {position: [0, 0] for position in range(min(near) // step, max(near) // step + 1)}
    for index, (total, part) in near.items():
        sums[index // step][0] += total
        sums[index // step][1] += part
    return [Bar(label(position), total, part) for position, (total, part) in sums.items()]


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


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdecimal() and text[5:] in _NAMES


_NAMES = {f"{number:02}": name for number, name in enumerate(words.MONTHS, start=1)}


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month_label(index: int) -> str:
    return f"{_NAMES[f'{index % 12 + 1:02}']} {index // 12:04}"


def _quarter_label(index: int) -> str:
    return f"quarter {index % 4 + 1} of {index // 4:04}"


# So many months make a bar, and what it is called: by the year that its name ends with the axis is lettered.
_STEPS: list[tuple[int, Callable[[int], str]]] = [
    (1, _month_label),
    (3, _quarter_label),
    (12, lambda index: f"{index:04}"),
    (120, lambda index: f"ten years from {index * 10:04}"),
]

# Months further from the fullest one than the widest chart reaches are typing errors, which would squeeze all
# others together.
_FAR = (MAX_BARS // 2 - 1) * _STEPS[-1][0]
