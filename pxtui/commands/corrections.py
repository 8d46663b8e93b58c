"""`pxtui case correct` and `correct-decide`: one field of a decided case is put right."""

from typing import Annotated

import typer

from pxtui.casework.decision import corrections
from pxtui.casework.decision.corrections import CorrectedField
from pxtui.commands import personal
from pxtui.commands.personal import FromFile, Wanted
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import print_table, safe
from pxtui.errors import Refused

_PERSONAL = (CorrectedField.CONTACT_NAME, CorrectedField.CONTACT_PHONE)
_DONE = "已更正，以后出具的文书用新的内容；已出具的不变。"


def correct(
    number: Number,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="更正哪一项；不填就列出各项和现在的内容。")] = "",
    to: Annotated[
        str, typer.Option(metavar="TEXT", help="改为什么；凭证日期写成2020-04-01，经办人和电话写 -，按提示输入。")
    ] = "",
    reason: Annotated[str, typer.Option(help="更正理由，写入办理记录。")] = "",
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Put one field of a decided case right, or list the fields."""
    if not field:
        if to or reason:
            raise Refused(f"请写明更正哪一项；不带选项的 pxtui case correct {number} 列出各项。")
        _list(number)
        return 0
    if field in _PERSONAL or to == personal.ASKED:
        (to,) = personal.told(Wanted("改为什么", to or personal.ASKED), from_file=from_file)
    with writing(acting_name) as context:
        in_force = corrections.correct(context, number, field, to, reason)
    if in_force:
        print(f"{number} {_DONE}")
    else:
        print(f"{number} 已提出更正，由负责人批准后生效（pxtui case correct-decide {number}）。")
    return 0


def decide_correction(
    number: Number,
    drop: Annotated[str, typer.Option(metavar="REASON", help="撤销或不同意更正的理由。")] = "",
    acting_name: As = None,
) -> int:
    """Approve the correction that waits, or drop it."""
    with writing(acting_name) as context:
        if drop:
            corrections.drop(context, number, drop)
        else:
            corrections.approve(context, number)
    print(f"{number} {'已撤销更正，原来的内容不变。' if drop else _DONE}")
    return 0


def _list(number: str) -> None:
    with reading() as context:
        page = corrections.page(context, number)
    rows = [(field.code, field.name, field.value, field.why_not) for field in page.fields]
    print_table(("FIELD", "项目", "现在是", "现在不能更正的原因"), rows)
    for found in page.earlier:
        print(safe(found.sentence))
    if page.waiting is not None:
        print(safe(f"等待批准：{page.waiting.sentence}"))
