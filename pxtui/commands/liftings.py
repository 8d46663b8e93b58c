"""`pxtui lifting`: announcement and signature of the lifting of the epidemic measures (notice 三)."""

from datetime import datetime
from typing import Annotated

import typer

from pxtui.casework.calendar import lifting, lifting_correction
from pxtui.casework.calendar.lifting import Touched
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table, safe


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="疫情解除：登记、签署、查看涉及的案件。", no_args_is_help=True)
    page.command("announce", help="登记解除日期和文件，签署前可重新登记。")(announce)
    page.command("show", help="查看解除日期和涉及的案件。")(show)
    page.command("sign", help="由另一人签署，签署后生效。")(sign)
    page.command("correct", help="登记更正：签署的日期有误时，写明正确的日期和原因。")(correct)
    page.command("sign-correction", help="由另一人签署更正，签署后生效。")(sign_correction)
    commands.add_typer(page, name="lifting")


def announce(
    lifted_on: Annotated[datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"], help="宣布解除的日期。")],
    document: Annotated[str, typer.Option(help="宣布解除的文件名称和文号。")],
    acting_name: As = None,
) -> int:
    """Announce the lifting."""
    with writing(acting_name) as context:
        lifting.announce(context, lifted_on.date(), document)
        _print(lifting.touched(context))
    print("已登记，由另一人签署（pxtui lifting sign）后生效。")
    return 0


def show() -> int:
    """Print the lifting and the affected cases."""
    with reading() as context:
        state = lifting_correction.state(context)
        announced = state.announced
        found = lifting.touched(context) if announced else []
    if announced is None:
        print("没有登记疫情解除。")
        return 0
    signed = f"{announced.signed_by}签署" if announced.signed_by else "待签署"
    print(f"{announced.lifted_on}  {announced.document}  {announced.set_by}登记  {signed}")
    _print(found)
    for correction in state.corrections:
        signature = f"{correction.signed_by}签署" if correction.signed_by else "待签署"
        print(
            f"更正：{correction.before_on}改为{correction.lifted_on}  {safe(correction.document)}  "
            f"{safe(correction.reason)}  {correction.set_by}登记  {signature}"
        )
    if state.waiting is not None:
        _print(list(state.cases))
    return 0


def correct(
    lifted_on: Annotated[datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"], help="正确的解除日期。")],
    document: Annotated[str, typer.Option(help="宣布解除的文件名称和文号。")],
    reason: Annotated[str, typer.Option(help="更正的原因。")],
    acting_name: As = None,
) -> int:
    """Enter the right day of a signed lifting."""
    with writing(acting_name) as context:
        found = lifting_correction.announce(context, lifted_on.date(), document, reason)
    _print(found)
    print("更正已登记，由另一人签署（pxtui lifting sign-correction）后生效。")
    return 0


def sign_correction(acting_name: As = None) -> int:
    """Put the correction into force."""
    with writing(acting_name) as context:
        found = lifting_correction.sign(context)
    _print(found)
    print("更正已签署生效。")
    return 0


def sign(acting_name: As = None) -> int:
    """Sign the lifting and print the affected cases."""
    with writing(acting_name) as context:
        found = lifting.sign(context)
    _print(found)
    print("疫情解除已签署生效。")
    return 0


def _print(found: list[Touched]) -> None:
    print_table(
        ("编号", "单位", "阶段", "处理"),
        [(case.number, case.applicant_name, case.stage_name, case.outcome) for case in found],
    )
