"""`pxtui roster …` and `pxtui history …`: rosters and earlier trainings from spreadsheets."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.check import roster_import
from pxtui.casework.exchange import bundle_claims, source_changes, told_trainings
from pxtui.casework.people import keyed_training, reveals
from pxtui.commands import personal
from pxtui.commands.incoming import print_refused, print_repairs
from pxtui.commands.judging import AsJson
from pxtui.commands.lists import trainings
from pxtui.commands.personal import ASKED, FromFile, Wanted
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import one_line, print_table, safe
from pxtui.identifiers import id_number, phone
from pxtui.papers.reading.rosters import RosterReading, read_roster
from pxtui.policy.facts import Level

File = Annotated[Path, typer.Argument(metavar="FILE", help="电子表格或文本文件。")]

_LEFT_OUT = "未导入"
_ID_NUMBER = "身份证号"


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    rosters = typer.Typer(help="花名册：读取和导入附件2、附件4。", no_args_is_help=True)
    rosters.command("read", help="读取花名册，不动台账。退出码：0全部读出，1有未读出的行，2无法读取。")(read)
    rosters.command("import", help="用文件里的花名册替换案件现有的花名册。")(import_roster)
    commands.add_typer(rosters, name="roster")
    earlier = typer.Typer(help="以往培训（含线下）：审查次数、重叠和重复时使用。", no_args_is_help=True)
    trainings.add_to(earlier)
    earlier.command("add", help="录入一次以往培训；不清楚的不写，按已享受补贴、已拨付、线下。")(add)
    earlier.command("show", help="列出一个人的全部培训和来源：证号，或台账里的姓名、首字母、证号末4位。")(show)
    earlier.command("strike", help="删去误导入的以往培训，写明理由，记入台账。")(strike)
    earlier.command("strike-class", help="从以往培训里一次删去就是本案的那一班，写明理由。")(strike_class)
    earlier.command("confirm", help="确认案件包所述的以往培训和已用凭证，此后对所有案件有效。")(confirm)
    commands.add_typer(earlier, name="history")


def read(file: File, as_json: AsJson = False) -> int:
    """Print what was recognised, corrected and refused in a roster's file."""
    reading = read_roster(file)
    if as_json:
        print(one_line(reading.as_json()))
    else:
        _print_reading(reading)
    return 1 if reading.refused else 0


def import_roster(number: Number, file: File, acting_name: As = None) -> int:
    """Replace the case's roster by the rows of a file; refused rows are printed and left out."""
    reading = read_roster(file)
    with writing(acting_name) as context:
        taken = roster_import.take_reading(context, number, reading)
    print(f"{number}：导入{taken.heads}人，{reading.repairs_sentence}。")
    _print_notes(reading)
    for sentence in taken.changes.sentences:
        print(safe(sentence))
    for repair in reading.read_as_blank:
        print(safe(repair.sentence))
    print_refused(reading.refused, _LEFT_OUT)
    return 1 if reading.refused else 0


_AskedNumber = Annotated[str, typer.Argument(metavar="-", help="写 -，按提示输入身份证号。")]


def add(
    id_number: _AskedNumber,
    occupation: Annotated[str, typer.Argument(metavar="OCCUPATION", help="职业（工种）。")],
    starts_on: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="开始日期。")],
    ends_on: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="结束日期；不写为还没有结束。")
    ] = None,
    level: Annotated[Level | None, typer.Option(help="技能等级5至1；不写为不分等级。")] = None,
    online: Annotated[bool | None, typer.Option("--online/--offline", help="线上或线下。")] = None,
    subsidised: Annotated[bool | None, typer.Option("--subsidised/--not-subsidised", help="享受了补贴没有。")] = None,
    paid: Annotated[bool | None, typer.Option("--paid/--not-paid", help="拨付了没有。")] = None,
    source: Annotated[str, typer.Option(help="从哪里得知。")] = "",
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Enter one earlier training."""
    (number,) = personal.told(Wanted(_ID_NUMBER, id_number), from_file=from_file)
    with writing(acting_name) as context:
        is_new = keyed_training.add(
            context,
            number,
            occupation,
            None if level is None else level.value,
            starts_on.date(),
            None if ends_on is None else ends_on.date(),
            is_online=online,
            subsidised=subsidised,
            paid=paid,
            source=source,
        )
    print("已录入。" if is_new else "台账里已有这次培训，没有增加。")
    return 0


def show(
    person: Annotated[str, typer.Argument(metavar="-", help="写 -，按提示输入证号、姓名、首字母或证号末4位。")] = ASKED,
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Print what is known of somebody's trainings; whoever asks by a whole number is noted."""
    (asked,) = personal.told(Wanted("证号、姓名、首字母或证号末4位", person), from_file=from_file)
    with writing(acting_name) if reveals.is_whole_number(asked) else reading() as context:
        reveals.note_search(context, asked)
        found = told_trainings.of_people(context, asked)
    if not found.trainings:
        print("没有找到以往培训：姓名只查台账里的人，别的人请写整个证号。")
    for training in found.trainings:
        print(safe(f"{training.name}  {training.masked_number}  {training.sentence}".strip()))
    return 0


def strike(
    id_number: _AskedNumber,
    starts_on: Annotated[datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"], help="培训的开始日期。")],
    reason: Annotated[str, typer.Option(help="删去的理由，记入台账。")],
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Delete earlier trainings that were entered by mistake."""
    (number,) = personal.told(Wanted(_ID_NUMBER, id_number), from_file=from_file)
    with writing(acting_name) as context:
        print(source_changes.strike_training(context, number, starts_on.date(), reason))
    return 0


def strike_class(
    number: Number,
    reason: Annotated[str, typer.Option(help="删去的理由，记入台账。")],
    acting_name: As = None,
) -> int:
    """Take a case's own class, which a list told before, out of the earlier trainings."""
    with writing(acting_name) as context:
        print(source_changes.strike_class(context, number, reason))
    return 0


def confirm(
    number: Number,
    reason: Annotated[str, typer.Option(help="怎样核实的，记入台账。")],
    acting_name: As = None,
) -> int:
    """Let what the bundle of a case tells count for all cases."""
    with writing(acting_name) as context:
        trainings, vouchers = bundle_claims.confirm(context, number, reason)
    print(f"已确认：新增以往培训{trainings}条，已用凭证{vouchers}张。")
    return 0


def _print_reading(reading: RosterReading) -> None:
    print(f"附件{reading.form}花名册，工作表“{reading.sheet}”，{len(reading.rows)}人")
    heads = ("序号", "姓名", "性别", "年龄", "身份证号", "联系电话", "备注")
    print_table(
        heads,
        [
            (
                str(row.seq),
                row.name,
                row.sex or "",
                "" if row.age is None else str(row.age),
                id_number.masked(row.id_number),
                phone.masked(row.phone),
                row.remark,
            )
            for row in reading.rows
        ],
    )
    print_repairs(reading.repairs)
    _print_notes(reading)
    print_refused(reading.refused, _LEFT_OUT)


def _print_notes(reading: RosterReading) -> None:
    for sentence in (*reading.notes, reading.others_sentence):
        if sentence:
            print(safe(f"{sentence}。"))
