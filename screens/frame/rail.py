"""The step rail: the nine steps of a case's life, and the one at which a screen stands."""

from screens.terminal.theme import LABEL, STRONG
from screens.widgets.pane import Piece

STEPS = ("受理", "花名册", "审查", "开班审批", "学习记录", "补贴申请", "审核", "公示", "拨付")


def rail(step: int) -> list[Piece]:
    """The steps with their numbers, from 1, the one that is `step` set off; nothing where the screen has none."""
    if not step:
        return []
    pieces: list[Piece] = [(" ", LABEL)]
    for number, name in enumerate(STEPS, start=1):
        here = number == step
        pieces.append((f"[{number}{name}]" if here else f"{number}{name}", STRONG if here else LABEL))
        pieces.append((" ", LABEL))
    return pieces
