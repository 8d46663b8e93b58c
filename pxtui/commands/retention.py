"""`pxtui retention …` and `pxtui person …`: how long personal data stay, and what is kept of one person."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from pxtui import clock
from pxtui.casework.keeping import extract as person_extract
from pxtui.casework.keeping import retention
from pxtui.casework.office.context import Acting
from pxtui.casework.office.program_version import NOBODY
from pxtui.casework.office.register import open_register
from pxtui.casework.staff import terms
from pxtui.commands import personal
from pxtui.commands.personal import ASKED, FromFile, Wanted
from pxtui.commands.profiles import person
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table, safe
from pxtui.home import home


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="个人信息的保存期限：查看、改动、到期删去。", no_args_is_help=True)
    page.command("show", help="期限，以及今天到期的各项；到期未删的退出码为1。")(show)
    page.command("set", help="改期限，没写的不变；记入台账。")(change)
    page.command("run", help="删去到期的各项；柜台每天第一次打开时自动办理，也可由定时任务办理。")(run)
    commands.add_typer(page, name="retention")
    people = typer.Typer(help="个人：人员页；查阅、复制本人信息（个人信息保护法第四十五条）。", no_args_is_help=True)
    people.command("extract", help="把一个人的全部信息和查看记录写成一个表格；证号按提示输入。")(extract)
    people.command("show", help="人员页：全部培训、本年名额、拨付、姓名、电话；写明理由的看全号。")(person.show)
    commands.add_typer(people, name="person")


def show() -> int:
    """Print the terms and what has to go by today."""
    with reading() as context:
        kept = terms.terms(context)
        found = retention.due(context)
    print(kept.in_words)
    if not found:
        print("没有到期的。")
        return 0
    print_table(("种类", "案件或文件", "到期"), [(item.kind.value, item.what, f"{item.since}") for item in found])
    return 1


def change(
    reveals: Annotated[int | None, typer.Option(metavar="TIMES", min=0, help="每人每天看全号的次数。")] = None,
    passwords: Annotated[int | None, typer.Option(metavar="DAYS", min=1, help="平台密码：补贴决定后几天。")] = None,
    papers: Annotated[
        int | None, typer.Option(metavar="DAYS", min=1, help="文书夹里带全号的文件：出具后几天。")
    ] = None,
    drafts: Annotated[int | None, typer.Option(metavar="DAYS", min=1, help="没有接着录的草稿：几天。")] = None,
    refused: Annotated[
        int | None, typer.Option(metavar="DAYS", min=1, help="不予批准、撤回、作废案件的个人信息：几天。")
    ] = None,
    closed: Annotated[
        int | None, typer.Option(metavar="YEARS", min=1, help="办结案件的个人信息：办结年度以后几年。")
    ] = None,
    acting_name: As = None,
) -> int:
    """Change the terms that are named."""
    with writing(acting_name) as context:
        after = terms.change(
            context,
            daily_reveals=reveals,
            password_days=passwords,
            paper_days=papers,
            draft_days=drafts,
            refused_days=refused,
            closed_years=closed,
        )
    print(after.in_words)
    return 0


def run() -> int:
    """Let go what is due."""
    day = clock.practice_day()
    now = clock.now(day)
    register = open_register(home(), now, practice_day=day)
    try:
        gone = retention.run(register, Acting(NOBODY, register.office, now))
    finally:
        register.close()
    counted = Counter(item.kind.value for item in gone)
    print("；".join(f"{kind}{count}项" for kind, count in counted.items()) + "已到期删去。" if gone else "没有到期的。")
    return 0


def extract(
    person: Annotated[str, typer.Argument(metavar="-", help="写 -，按提示输入身份证号。")] = ASKED,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="放到这个文件夹；不写放数据文件夹。")] = None,
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Write one person's data and who looked at them."""
    (number,) = personal.told(Wanted("身份证号", person), from_file=from_file)
    with writing(acting_name) as context:
        path = person_extract.extract(context, number, out)
    print(safe(str(path)))
    return 0
