"""The stages of a case as a picture, from the table of moves: one column up to the class, one for the claim."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from pxtui.casework.lifecycle.moves import MOVES
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Stage

_FONT = "Noto Sans CJK SC, Microsoft YaHei, SimSun, sans-serif"
_ROW, _BOX, _HEIGHT, _COLUMN, _MARGIN = 40, 130, 26, 560, 12
_LONGEST = 30
"""Characters of the ways out beside a stage; the table below the picture has all of them."""


def picture() -> str:
    """An SVG."""
    columns = [
        [stage for stage in STAGE_NAMES if not _is_claim(stage)],
        [stage for stage in STAGE_NAMES if _is_claim(stage)],
    ]
    height = max(map(len, columns)) * _ROW + 2 * _MARGIN
    width = 2 * _COLUMN + 2 * _MARGIN
    parts = [part for place, column in enumerate(columns) for part in _column(column, _MARGIN + place * _COLUMN)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'font-family="{_FONT}" font-size="14">\n<title>案件的阶段</title>\n'
        '<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#2f6690"/></marker></defs>\n' + "".join(parts) + "</svg>\n"
    )


def _is_claim(stage: Stage) -> bool:
    return list(STAGE_NAMES).index(stage) >= list(STAGE_NAMES).index(Stage.CLAIM_DRAFT)


def _column(stages: list[Stage], x: int) -> Iterable[str]:
    for place, stage in enumerate(stages):
        y = _MARGIN + place * _ROW
        yield f'<rect x="{x}" y="{y}" width="{_BOX}" height="{_HEIGHT}" rx="4" fill="#e7f0f6" stroke="#2f6690"/>\n'
        yield f'<text x="{x + _BOX / 2}" y="{y + 18}" text-anchor="middle">{STAGE_NAMES[stage]}</text>\n'
        ways = {way.to: ACTION_NAMES[action] for (start, action), way in MOVES.items() if start == stage}
        after = stages[place + 1] if place + 1 < len(stages) else None
        if after in ways:
            middle = x + _BOX / 2
            yield (
                f'<path d="M{middle} {y + _HEIGHT}V{y + _ROW}" stroke="#2f6690" stroke-width="2" '
                'marker-end="url(#end)"/>\n'
            )
            yield f'<text x="{middle + 8}" y="{y + _HEIGHT + 12}" font-size="11">{ways[after]}</text>\n'
        others = "　".join(f"{name}→{STAGE_NAMES[to]}" for to, name in ways.items() if to != after)
        shown = others if len(others) <= _LONGEST else f"{others[:_LONGEST]}…"
        yield f'<text x="{x + _BOX + 10}" y="{y + 18}" font-size="12" fill="#555">{escape(shown)}</text>\n'
