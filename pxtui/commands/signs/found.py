"""`pxtui sign`: the signs of fraud of a case, and what is decided about them."""

from typing import Annotated, Any

import typer

from pxtui.casework.signs import decisions
from pxtui.casework.signs.decisions import DECIDED_NAMES, Decided, FoundSign
from pxtui.commands.judging import AsJson
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import masked_numbers, one_line, print_table

SCHEMA = "pxtui-signs/1"


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(
        help="疑点：从表格、花名册和台账里看出来的，逐条处理；只供查看，不改审查结论。", no_args_is_help=True
    )
    page.command("list", help="列出一个案件的疑点。退出码：0没有待处理的，1有。")(show)
    page.command("decide", help="处理一条疑点：已看、已说明、送核查；记入台账。")(decide)
    commands.add_typer(page, name="sign")


def show(number: Number, as_json: AsJson = False) -> int:
    """Print the signs of a case."""
    with reading() as context:
        found = decisions.signs(context, number)
    if as_json:
        print(one_line({"schema": SCHEMA, "case": number, "signs": [_as_json(row) for row in found]}))
    elif not found:
        print(f"{number} 没有看出疑点。")
    else:
        lines = [
            (str(place), _state(row), row.sign.code, _whom(row), masked_numbers(row.sign.message))
            for place, row in enumerate(found, 1)
        ]
        print_table(("第几条", "处理", "代号", "涉及", "疑点"), lines)
    return 1 if decisions.open_ones(found) else 0


def decide(
    number: Number,
    place: Annotated[int, typer.Argument(metavar="PLACE", help="第几条，照sign list的次序。")],
    decision: Annotated[
        Decided, typer.Argument(metavar="DECISION", help="seen 已看，explained 已说明，to-check 送核查。")
    ],
    reason: Annotated[str, typer.Option(help="说明的情况或要查什么；已看的可以不写。")] = "",
    acting_name: As = None,
) -> int:
    """Decide about a sign."""
    with writing(acting_name) as context:
        found = decisions.decide(context, number, place, decision, reason)
    print(f"{number} 疑点第{place}条（{found.sign.code}）：{DECIDED_NAMES[decision]}，已记下。")
    return 0


def _state(found: FoundSign) -> str:
    if found.decision is not None:
        return f"{DECIDED_NAMES[found.decision.decided]}（{found.decision.by} {found.decision.at:%Y-%m-%d}）"
    return "待处理" if found.sign.asks else "提示"


def _whom(found: FoundSign) -> str:
    return "、".join(f"{seq}号" for seq in found.sign.seqs[:8]) or "本案"


def _as_json(found: FoundSign) -> dict[str, Any]:
    sign, taken = found.sign, found.decision
    return {
        "code": sign.code,
        "weight": sign.weight.value,
        "seqs": list(sign.seqs),
        "fields": list(sign.fields),
        "item": sign.item or None,
        "source": sign.source,
        "message": sign.message,
        "decision": None
        if taken is None
        else {
            "decision": taken.decided.value,
            "reason": taken.reason,
            "at": taken.at.isoformat(),
            "by": taken.by,
        },
    }
