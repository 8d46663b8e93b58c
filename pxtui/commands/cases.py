"""`pxtui case …` and `pxtui stages`: filing, listing, checking and deciding cases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.calendar import due
from pxtui.casework.check import eligibility
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check import standing as check_standing
from pxtui.casework.check.standing import Standing
from pxtui.casework.decision import advance as decision_advance
from pxtui.casework.decision import amounts, class_changes
from pxtui.casework.desk import queues
from pxtui.casework.desk.queues import JournalLine
from pxtui.casework.lifecycle import paper_place as lifecycle_paper_place
from pxtui.casework.lifecycle import picture as lifecycle_picture
from pxtui.casework.lifecycle.cases import CaseSummary, confirm_days, find, look_up
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Action, Stage
from pxtui.casework.opening import filed_twice
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.bundle_files import read_bundle_file
from pxtui.casework.people import own_class
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.rows import who_left
from pxtui.commands.changes import change, decide_change
from pxtui.commands.corrections import correct, decide_correction
from pxtui.commands.judging import AsJson
from pxtui.commands.pages import USUALLY, Before, Most, tell_more
from pxtui.commands.reviewing import deduct, forward, materials, pass_on, passed, void
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import one_line, print_judgement, print_table, safe
from pxtui.errors import PxtuiError, Refused
from pxtui.identifiers import id_number, phone
from pxtui.policy.facts import Trainee
from pxtui.policy.judgement import SCHEMA
from pxtui.policy.parameters import shipped_rulebook


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    case = typer.Typer(help="案件：导入、列表、查看、审查、办理。", no_args_is_help=True)
    case.command("import", help="登记案件包，给出案件编号。")(import_bundle)
    case.command("list", help="列出案件，新的在前。")(list_cases)
    case.command("show", help="查看一件：申请、花名册（隐去部分号码）、办理记录。")(show)
    case.command("check", help="审查一件，以往培训取自台账。退出码：0通过，1不通过，2无法审查。")(check)
    case.command("advance", help="办理到下一阶段。")(advance)
    case.command("confirm-day", help="由另一人确认补登的收件日期。")(confirm_day)
    case.command("place", help="记下纸质材料现在在哪里。")(place)
    case.command("change", help="变更已批准的班：日期、平台、人员；重新审查，结束之后不能变更。")(change)
    case.command("change-decide", help="批准等待的变更，或用 --drop 撤销。")(decide_change)
    case.command("correct", help="更正已批准的案件的一项：单位名称、代码、地址、经办人、电话、凭证日期。")(correct)
    case.command("correct-decide", help="批准等待的更正，或用 --drop 撤销。")(decide_correction)
    case.command("void", help="作废登记错了的案件：限登记人，还没有出具文书、没有决定。")(void)
    case.command("pass-on", help="转办：交错部门的申请转给应办的部门，编号另起，收件日期不变。")(pass_on)
    case.command("forward", help="管委会汇总上报：全部待上报的转市技能中心，出上报函和汇总表。")(forward)
    case.command("passed", help="列出转办的案件：原编号和现编号。")(passed)
    case.command("materials", help="材料清单：应交、已收、份数和还缺什么。退出码：0齐全，1还缺。")(materials)
    case.command("deduct", help="审核补贴时核减一人，或用 --undo 撤销。")(deduct)
    commands.add_typer(case, name="case")
    commands.command("stages", help="打印案件的阶段和办理条件（手册用）。")(stages)


def import_bundle(
    files: Annotated[list[Path], typer.Argument(metavar="BUNDLE.json...", help="案件包。")],
    reason: Annotated[str, typer.Option(help="案件包的申请日早于今天的，写明补登理由。")] = "",
    acting_name: As = None,
) -> int:
    """File bundles, all or none, and print their case numbers."""
    applications = []
    for path in files:
        try:
            applications.append(read_bundle_file(path, shipped_rulebook()))
        except PxtuiError as fault:
            raise Refused(f"{path}：{fault.sentence}") from None
    with writing(acting_name) as context:
        numbers = [opening_filing.import_bundle(context, application, reason) for application in applications]
        notes = [filed_twice.note_of(context, number) for number in numbers]
    for number, note in zip(numbers, notes, strict=True):
        print(f"{number}  注意：{note}" if note else number)
    return 0


def list_cases(
    stage: Annotated[Stage | None, typer.Option(help="只列这个阶段。")] = None,
    most: Most = USUALLY,
    before: Before = "",
    as_json: AsJson = False,
) -> int:
    """Print cases, the newest first."""
    with reading() as context:
        today = context.today
        listed = queues.cases(context, None if stage is None else frozenset({stage}), most=most, before=before)
    if as_json:
        for case in listed.cases:
            print(one_line(_summary_as_json(case)))
        return 0
    heads = ("编号", "阶段", "单位", "培训", "学时", "开班", "结束")
    print_table(heads, [_line(case, today) for case in listed.cases])
    tell_more(more=listed.more, last=listed.cases[-1].number if listed.cases else "")
    return 0


def show(
    number: Number,
    cells: Annotated[bool, typer.Option("--cells", help="办理记录里花名册的改动逐格列出，原来的和现在的。")] = False,
) -> int:
    """Print a case, its roster with masked numbers, and its journal."""
    with reading() as context:
        case, today = look_up(context, number), context.today
        people = roster_edits.rows(context, number)
        acts = queues.journal_of(context, number, with_cells=cells)
        ways = decision_advance.possible_actions(context, number)
        paper_place = lifecycle_paper_place.where(context, number)
        figures = amounts.amounts(context, number)
        deductions = amounts.taken_off(context, number) if case.is_claim else ()
        open_points = check_standing.standing(context, number)
        proposal = class_changes.proposal(context, number)
        left = () if case.is_claim else who_left(context, find(context, number))
    waits_for = due.waited_for(case.stage)
    stage_name = case.stage_name_on(today)
    print(f"{case.number}  {stage_name}{f'（等{waits_for}）' if waits_for else ''}  {case.office}")
    print(safe(f"{case.applicant_name}  {case.size}"))
    print(f"{safe(case.occupation)}  {case.course_hours}学时  {case.starts_on}至{case.ends_on}")
    for stated in case.stated_days:
        print(safe(stated.sentence))
    if case.is_claim:
        print(f"补贴（元）  {figures.in_words}")
    for deduction in deductions:
        print(f"核减  {amounts.in_words(deduction)}")
    possible = "、".join(f"{ACTION_NAMES[action]}（{action.value}）" for action in ways)
    print(f"可办理：{possible or '无'}")
    if paper_place:
        print(f"纸质材料在{paper_place}")
    _print_open_points(open_points)
    if proposal is not None:
        print(proposal.sentence)
        for point in proposal.points:
            print(f"待批准人答复：{point}")
    print_table(("序号", "姓名", "性别", "年龄", "身份证号", "联系电话", "备注"), [_person(row) for row in people])
    for person, left_on in left:
        print(f"第{person.seq}号 {safe(person.name)} 已于{left_on}退出")
    print_table(("时间", "办理人", "事项"), [(act.at, act.staff_name, act.summary) for act in acts])
    _print_cells(acts)
    return 0


def _print_cells(acts: Iterable[JournalLine]) -> None:
    for act in acts:
        if act.cells:
            print(safe(f"\n{act.at} {act.summary}"))
        for sentence in act.cells:
            print(safe(f"  {sentence}"))


def check(number: Number, as_json: AsJson = False) -> int:
    """Judge a filed case. Exit code: 0 it passes, 1 it does not."""
    try:
        with reading() as context:
            case = look_up(context, number)
            judgement = eligibility.check(context, number)
            changes = (*own_class.told_before(context, number), *check_frozen.since_last(context, number))
            open_points = check_standing.standing(context, number)
    except PxtuiError as error:
        if as_json:
            print(one_line({"schema": SCHEMA, "error": error.sentence}))
        raise
    if as_json:
        print(one_line(judgement.as_json()))
    else:
        print_judgement(case.number, judgement)
        for stated in case.stated_days:
            print(safe(stated.sentence))
        for sentence in changes:
            print(safe(sentence))
        _print_open_points(replace(open_points, points=()))
    return 0 if judgement.passes else 1


def advance(
    number: Number,
    action: Annotated[
        Action,
        typer.Argument(help="、".join(f"{name}{action.value}" for action, name in ACTION_NAMES.items())),
    ],
    opinion: Annotated[str, typer.Option(help="意见；退回、不予同意必填，有提示或退回情况的，同意时也必填。")] = "",
    acting_name: As = None,
) -> int:
    """Take an action on a case and print its new stage."""
    with writing(acting_name) as context:
        stage = decision_advance.advance(context, number, action, opinion)
    print(f"{number} {STAGE_NAMES[stage]}")
    return 0


def confirm_day(number: Number, acting_name: As = None) -> int:
    """Confirm the days of a case that were stated afterwards."""
    with writing(acting_name) as context:
        found = confirm_days(context, number)
    for stated in found:
        print(safe(f"{number} {stated.sentence}"))
    return 0


def place(
    number: Number,
    where: Annotated[str, typer.Argument(metavar="PLACE", help="如“柜台”“2号架3层”“企业”。")],
    acting_name: As = None,
) -> int:
    """Record the place of a case's paper file."""
    with writing(acting_name) as context:
        print(f"{number} 纸质材料在{lifecycle_paper_place.put(context, number, where)}")
    return 0


def stages() -> int:
    """Print the manual's page of stages and moves."""
    print(lifecycle_picture.picture(), end="")
    return 0


def _print_open_points(found: Standing) -> None:
    """Why a case came back, what the register knows of it, and what an approval has to answer."""
    for step in found.steps_back:
        print(f"退回情况：{step}")
    for note in found.notes:
        print(f"注意：{note}")
    for seq, point in enumerate(found.points, start=1):
        print(f"待书面答复{seq}：{point}")


def _line(case: CaseSummary, today: date) -> tuple[str, ...]:
    return (
        case.number,
        case.stage_name_on(today),
        case.applicant_name,
        case.occupation,
        case.course_hours,
        str(case.starts_on),
        str(case.ends_on),
    )


def _summary_as_json(case: CaseSummary) -> dict[str, str]:
    return {
        "number": case.number,
        "stage": case.stage.value,
        "applicant": case.applicant_name,
        "training": case.occupation,
        "starts_on": str(case.starts_on),
        "ends_on": str(case.ends_on),
    }


def _person(row: Trainee) -> tuple[str, ...]:
    age = "" if row.age is None else str(row.age)
    return (
        str(row.seq),
        row.name,
        row.sex or "",
        age,
        id_number.masked(row.id_number),
        phone.masked(row.phone),
        row.remark,
    )
