"""`pxtui learning …`: records of training platforms, read alone or compared with a claim's roster."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.claim import platform_records
from pxtui.casework.claim.platform_records import LearningReading, RecordsOutlook
from pxtui.commands.incoming import print_refused, print_repairs
from pxtui.commands.judging import AsJson
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import masked_numbers, one_line, print_table, safe
from pxtui.errors import Refused
from pxtui.home import home
from pxtui.identifiers import id_number
from pxtui.identifiers.day import year_fault
from pxtui.policy import words
from pxtui.policy.learning import Learning, LearningFlag
from pxtui.policy.parameters import shipped_rulebook

SCHEMA = "pxtui-learning/1"

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="平台导出的电子表格或文本文件，几个一并计算。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    records = typer.Typer(help="学习记录：读取和导入培训平台导出的表格。", no_args_is_help=True)
    records.command("read", help="按人汇总学习记录，不动台账。退出码：0全部读出，1有未读出的行，2无法读取。")(read)
    records.command("import", help="把学习记录填入补贴申请的花名册；不一致的列出，--take取平台记录。")(import_records)
    records.command("show", help="最近一次导入的学习记录与花名册现在的对照。退出码：0一致，1有不一致。")(show)
    commands.add_typer(records, name="learning")


def read(
    files: Files,
    as_json: AsJson = False,
    lifted: Annotated[str | None, typer.Option(metavar="DATE", help="疫情解除日，之后的学习不计。")] = None,
    platform: Annotated[str | None, typer.Option(metavar="NAME", help="平台名称，按它的列名读取。")] = None,
) -> int:
    """Print the sums of the records per person, and what needs verifying."""
    lifted_on = _day(lifted)
    records = platform_records.read_files(files, office=home().platforms, platform=platform)
    learnt = platform_records.learning_in(records, shipped_rulebook(), lifted_on=lifted_on)
    if as_json:
        print(one_line({"schema": SCHEMA, **learnt.as_json(), "refused": _refused(records)}))
    else:
        _print_people(learnt)
        _print_flags(learnt.flags)
        print_repairs(records.repairs)
        print_refused(records.refused)
    return 1 if records.refused else 0


def import_records(
    number: Number,
    files: Files,
    take: Annotated[bool, typer.Option("--take", help="不一致的取平台记录。")] = False,
    pass_mark: Annotated[str, typer.Option(metavar="SCORE", help="成绩达到多少分记为合格。")] = str(
        platform_records.PASS_MARK
    ),
    acting_name: As = None,
) -> int:
    """Fill the roster's blanks from the records; differences are printed, and overwritten only with --take."""
    mark = _score(pass_mark)
    with reading() as context:
        platform = platform_records.platform_of(context, number)
    records = platform_records.read_files(files, office=home().platforms, platform=platform)
    with writing(acting_name) as context:
        compared = platform_records.take_records(
            context,
            number,
            records,
            source="、".join(file.name for file in files),
            take_differences=take,
            pass_mark=mark,
        )
    _print_comparison(number, compared, is_taken=take)
    _print_flags(compared.learning.flags)
    print_repairs(records.repairs)
    print_refused(records.refused)
    return 1 if records.refused or (compared.differences and not take) else 0


def show(number: Number) -> int:
    """Compare the last imported records with the present roster."""
    with reading() as context:
        compared = platform_records.recorded(context, number)
    if compared is None:
        raise Refused(f"{number}还没有导入过学习记录，请用 pxtui learning import 导入。")
    print(f"{number}：学习记录{len(compared.learning.people)}人，花名册中找到{len(compared.comparisons)}人。")
    _print_lists(compared, "")
    _print_flags(compared.learning.flags)
    return 1 if compared.differences else 0


def _print_people(learnt: Learning) -> None:
    print(f"学习记录：{len(learnt.people)}人（1学时＝45分钟，保留一位小数，只舍不入）")
    rows = [
        (
            person.name,
            id_number.masked(person.id_number),
            str(person.minutes),
            words.hours(person.hours),
            "" if person.score is None else f"{person.score:f}",
        )
        for person in learnt.people
    ]
    print_table(("姓名", "身份证号", "分钟", "学时", "成绩"), rows)


def _print_comparison(number: str, compared: RecordsOutlook, *, is_taken: bool) -> None:
    found = len(compared.comparisons)
    print(f"{number}：学习记录{len(compared.learning.people)}人，花名册中找到{found}人，填入{len(compared.filled)}人；")
    print(f"成绩{compared.pass_mark:f}分及以上记为合格，没有成绩的不记。")
    _print_lists(compared, "（已取平台记录）" if is_taken else "（花名册未改动，取平台记录请加 --take）")


def _print_lists(compared: RecordsOutlook, outcome: str) -> None:
    _print_list(
        f"花名册与学习记录不一致{{}}人{outcome}：", [comparison.sentence for comparison in compared.differences]
    )
    _print_list("证号相同而姓名不同{}人：", [comparison.sentence for comparison in compared.other_names])
    _print_list("学习记录中有、花名册中没有{}人：", compared.strangers)
    _print_list("花名册中有、学习记录中没有{}人：", compared.unrecorded)


def _print_flags(flags: Sequence[LearningFlag]) -> None:
    _print_list("需要核实{}处：", [f"{flag.code}  {flag.sentence}" for flag in flags])


def _print_list(heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        print(heading.format(len(sentences)))
        print(*(safe(masked_numbers(sentence)) for sentence in sentences), sep="\n")


def _refused(records: LearningReading) -> list[dict[str, object]]:
    return [{"sheet": row.sheet, "row": row.row, "cell": row.cell, "reason": row.reason} for row in records.refused]


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if len(text) != len("2020-03-16"):
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(f"--lifted“{text}”不是日期，请写成2020-03-16的形式。") from None
    if fault := year_fault(day):
        raise Refused(f"--lifted“{text}”的{fault}。")
    return day


def _score(text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text):
        raise Refused(f"--pass-mark“{text}”不是分数，请写成60的形式。")
    return Decimal(text)
