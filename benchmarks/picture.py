"""The figures as bars: a panel for each number of residents, a bar for each contender. Plain SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, BAR, GAP = 760, 300, 22, 8
STYLE = """
  text { font: 14px system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif; fill: #1d2536; }
  .panel { font-weight: 700; }
  .sheet { fill: #fbfaf7; } .bar { fill: #8a94a6; } .ours { fill: #b4501e; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6ebf5; } .sheet { fill: #141a24; } .bar { fill: #62708a; } .ours { fill: #f0935a; }
  }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, and whether it is ours."""

    name: str
    value: float
    ours: bool


def picture(title: str, panels: Sequence[tuple[str, Sequence[Bar]]]) -> str:
    """Panels of bars, one under the other; each has a scale of its own and says its values."""
    drawn, y = [], 12
    for heading, bars in panels:
        y += 24
        drawn.append(f'<text class="panel" x="16" y="{y}">{escape(heading)}</text>')
        y += 10
        most = max(bar.value for bar in bars)
        for bar in bars:
            width = (WIDTH - LEFT - 90) * bar.value / most
            kind, middle = "ours" if bar.ours else "bar", y + BAR - 6
            drawn += [
                f'<text x="{LEFT - 10}" y="{middle}" text-anchor="end">{escape(bar.name)}</text>',
                f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" rx="3"/>',
                f'<text x="{LEFT + width + 8:.1f}" y="{middle}">{number(bar.value)}</text>',
            ]
            y += BAR + GAP
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 12}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="sheet" width="{WIDTH}" height="{y + 12}" rx="8"/>',
            *drawn,
            "</svg>\n",
        )
    )


def number(value: float) -> str:
    """As many places as say something: 1,907; 21.4; 0.52."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
