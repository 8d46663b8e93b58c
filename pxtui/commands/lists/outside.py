"""`pxtui lists …`: lists from elsewhere with which the people of open cases are compared."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from db.models import ListKind
from pxtui.casework.outside_lists import deciding, importing, shown
from pxtui.casework.outside_lists.importing import Stated
from pxtui.casework.outside_lists.kinds import KINDS
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import masked_numbers, print_table, safe
from pxtui.errors import Refused

_KINDS = "，".join(f"{kind.value}{KINDS[kind].name}" for kind in ListKind)
Kind = Annotated[ListKind, typer.Option("--kind", help=f"哪一种：{_KINDS}。")]
ListNumber = Annotated[int, typer.Argument(metavar="LIST", help="名单的号，见 pxtui lists show。")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="名单是哪天的。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="外部名单：养老、死亡、财政供养、社保等，与未办结的案件比对。", no_args_is_help=True)
    page.command("import", help="导入一份名单，与未办结的案件比对；命中不自动核减，逐一认定。")(take)
    page.command("show", help="各份名单；写案件编号的，逐人列出比对结果。退出码：0没有待认定的，1有。")(show)
    page.command("hits", help="一份名单的命中和认定。退出码：0都已认定，1有没认定的。")(hits)
    page.command("decide", help="认定一处命中：属实或不影响，写明怎样查实的。")(decide)
    page.command("withdraw", help="撤回一次导入，写明理由：行和比对结果删去，所作的认定保留。")(withdraw)
    commands.add_typer(page, name="lists")


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="名单（.csv、.xlsx等）。")],
    kind: Kind,
    source: Annotated[str, typer.Option(help="由谁提供，如市社保局。")],
    as_of: Day,
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="有效期至，过后不再比对，行也删去。")],
    month: Annotated[datetime | None, typer.Option(formats=["%Y-%m"], help="社保参保的月份，如2020-03。")] = None,
    acting_name: As = None,
) -> int:
    """Take in a list."""
    prepared = importing.prepare(file, kind)
    print(f"认出的列：{safe('、'.join(prepared.columns))}")
    for line in prepared.told:
        print(f"第{line.line}行没有读出：{masked_numbers(safe(line.reason))}")
    if prepared.unread > len(prepared.told):
        print(f"……共{prepared.unread}行没有读出。")
    stated = Stated(source, as_of.date(), until.date(), month.date() if month else None)
    with writing(acting_name) as context:
        print(safe(importing.take(context, prepared, stated).sentence))
    return 1 if prepared.unread else 0


def show(
    number: Annotated[str | None, typer.Argument(metavar="[N]", help="案件编号，不写则列出名单。")] = None,
) -> int:
    """Print the lists, or with which of them the people of a case were compared."""
    with reading() as context:
        if number is not None:
            firm, people = shown.of_case(context, number)
            rows = [("企业", firm), *((f"第{seq}号", sentence) for seq, sentence in people.items())]
            print_table(("谁", "比对"), rows)
            return 1 if any(shown.waits(sentence) for _, sentence in rows) else 0
        found = shown.lists(context)
    if not found:
        print("还没有导入名单，请用 pxtui lists import 导入；没有名单的一律是未比对。")
        return 0
    print_table(
        ("号", "种类", "来源", "名单日期", "有效至", "现状", "行", "读不出", "命中"),
        [
            (
                str(item.id),
                item.name,
                item.source,
                f"{item.as_of}",
                f"{item.valid_until}",
                item.state,
                str(item.lines),
                str(item.unread),
                str(item.hits),
            )
            for item in found
        ],
    )
    return 0


def hits(number: ListNumber) -> int:
    """Print whom a list has in cases."""
    with reading() as context:
        found = shown.hits(context, importing.require(context, number).id)
    if not found:
        print("没有命中。")
    else:
        print_table(
            ("案件", "序号", "姓名", "身份证号", "名单所述", "认定"),
            [
                (
                    item.number,
                    "企业" if item.seq is None else str(item.seq),
                    item.name,
                    item.masked_number,
                    item.said,
                    item.answer.sentence if item.answer else item.state,
                )
                for item in found
            ],
        )
    return 1 if any(item.answer is None for item in found) else 0


def decide(
    number: Number,
    kind: Kind,
    reason: Annotated[str, typer.Option(help="怎样查实的。")],
    seq: Annotated[int | None, typer.Option(help="序号；企业的不写。")] = None,
    stands: Annotated[bool, typer.Option("--stands", help="名单属实。")] = False,
    dismissed: Annotated[bool, typer.Option("--dismissed", help="不影响本案。")] = False,
    acting_name: As = None,
) -> int:
    """Decide about a hit."""
    if stands == dismissed:
        raise Refused("请写明--stands（属实）或--dismissed（不影响），只写一个。")
    with writing(acting_name) as context:
        print(safe(deciding.decide(context, number, kind, seq, stands=stands, reason=reason)))
    return 0


def withdraw(
    number: ListNumber,
    reason: Annotated[str, typer.Option(help="为什么撤回。")],
    acting_name: As = None,
) -> int:
    """Take an import back."""
    with writing(acting_name) as context:
        print(safe(importing.withdraw(context, number, reason)))
    return 0
