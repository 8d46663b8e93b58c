"""`pxtui check` and `pxtui deadlines`: judging bundles and counting days without changing any register."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.opening.bundle_files import read_bundle_file
from pxtui.commands.tables import one_line, print_judgement, print_table
from pxtui.errors import EXIT_UNREADABLE, PxtuiError, Refused
from pxtui.home import home
from pxtui.policy.deadlines import claim_by, publicity_days
from pxtui.policy.judgement import SCHEMA, judge
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.working_days import SHIPPED, WorkingDays

AsJson = Annotated[bool, typer.Option("--json", help="输出JSON，每个文件一行。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    commands.command("check", help="审查案件包，不动任何台账。退出码：0通过，1不通过，2文件无法读取。")(check)
    commands.command("deadlines", help="推算补贴申请截止日、公示结束日和可拨付日。")(deadlines)


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="案件包（JSON）。")],
    as_json: AsJson = False,
) -> int:
    """Judge bundles; returns the largest of their exit codes."""
    return max([_check_one(name, as_json=as_json) for name in files])


def _check_one(name: str, *, as_json: bool) -> int:
    rulebook = shipped_rulebook()
    try:
        judgement = judge(read_bundle_file(Path(name), rulebook), rulebook, _calendar())
    except PxtuiError as error:
        if as_json:
            print(one_line({"schema": SCHEMA, "file": name, "error": error.sentence}))
        else:
            print(f"{name}：{error.sentence}", file=sys.stderr)
        return EXIT_UNREADABLE
    if as_json:
        print(one_line(judgement.as_json()))
    else:
        print_judgement(name, judgement)
    return 0 if judgement.passes else 1


def deadlines(
    ended: Annotated[str | None, typer.Option(metavar="DATE", help="培训结束日。")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="公示发布日。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON。")] = False,
) -> int:
    """Print the deadlines of the notice for a class."""
    rulebook = shipped_rulebook()
    ended_on, published_on = _day(ended, "--ended"), _day(published, "--published")
    calendar = _calendar()
    last_day = claim_by(ended_on, rulebook.for_class_starting(ended_on), calendar) if ended_on else None
    notice = rulebook.for_class_starting(published_on) if published_on else None
    publicity = publicity_days(published_on, notice, calendar) if published_on and notice else None
    answer = {
        "claim_by": last_day,
        "publicity_ends_on": publicity.ends_on if publicity else None,
        "payable_from": publicity.payable_from if publicity else None,
    }
    if as_json:
        print(one_line({key: day and day.isoformat() for key, day in answer.items()}))
    else:
        labels = ("补贴申请截止日", "公示结束日", "可拨付日起")
        print_table(
            ("事项", "日期"),
            [(label, str(day or "—")) for label, day in zip(labels, answer.values(), strict=True)],
        )
    return 0


def _calendar() -> WorkingDays:
    """The calendar of the register in the data folder, which may know more years than the program; nothing is changed
    in it.
    """
    # Without a register nothing of the database is loaded.
    place = home()
    if isinstance(place.database, Path) and not place.database.is_file():
        return SHIPPED
    from pxtui.casework.office.calendar_in_force import of_folder

    return of_folder(place)


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        if len(text) != len("2020-03-16"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{option}“{text}”不是日期，请写成2020-03-16的形式。") from None
