"""`pxtui publicity`: publicity batches, their web page and end, and objections (notice 四(二))."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.lifecycle.batches import MOST_WAITING, how_many_at
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Stage
from pxtui.casework.printed import of_publicity_batch
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, public_page, publishing
from pxtui.casework.publicity.batches import Batch
from pxtui.commands import personal
from pxtui.commands.pages import USUALLY, Before, Most, tell_more, tell_unlisted
from pxtui.commands.personal import FromFile, Wanted
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import print_table, safe
from pxtui.errors import Refused
from pxtui.policy.subsidy import yuan

_BatchNumber = Annotated[str, typer.Argument(metavar="BATCH", help="公示批次编号，如GS2020-DQ-001。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="公示：列入批次、登记网址、办理期满、登记异议。", no_args_is_help=True)
    page.command("list", help="列出待公示的案件和公示批次。")(list_publicity)
    page.command("publish", help="把审批同意的案件列入一个批次公示。")(publish)
    page.command("show", help="查看一个批次：逐日是否计入、各案情况。")(show)
    page.command("page", help="登记或更正公示网址，连同公示页的存证文件。")(note_page)
    page.command("confirm-day", help="由另一人确认补登的公示日。")(confirm_day)
    page.command("print", help="出具一个批次的公示。")(print_notice)
    page.command("clear", help="办理公示期满，有异议的除外。")(clear)
    page.command("object", help="登记异议，核查期间不拨付。")(receive)
    page.command("decide", help="登记异议的核查结论：成立的重新审核，不成立的继续公示。")(decide)
    commands.add_typer(page, name="publicity")


def list_publicity(most: Most = USUALLY, before: Before = "") -> int:
    """Print the claims that wait for publication, and the batches; `before` a batch the older ones alone."""
    with reading() as context:
        found = publicity_batches.listed(context, most, before)
        waiting = () if before else publishing.waiting(context, MOST_WAITING)
        unlisted = 0 if before else how_many_at(context, Stage.CLAIM_APPROVED) - len(waiting)
    if not before:
        print_table(
            ("编号", "单位", "人数", "金额", "说明"),
            [
                (
                    claim.number,
                    claim.applicant_name,
                    str(claim.heads),
                    yuan(claim.amount_fen),
                    claim.why_not or "待公示",
                )
                for claim in waiting
            ],
        )
        tell_unlisted(unlisted)
        print()
    print_table(
        ("批次", "公示日", "期满", "件数", "金额", "状态"),
        [
            (
                batch.number,
                str(batch.published_on),
                str(batch.days.ends_on),
                str(batch.kept),
                yuan(batch.total_fen),
                "公示中" if batch.is_open else "已办结",
            )
            for batch in found.batches
        ],
    )
    tell_more(more=found.more, last=found.batches[-1].number if found.batches else "")
    return 0


def publish(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="[N]...", help="案件编号；不写为全部待公示的。")
    ] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="公示页面上线的日期；不写为今天。")] = None,
    reason: Annotated[str, typer.Option(help="公示日早于今天的，写明补登理由。")] = "",
    acting_name: As = None,
) -> int:
    """Publish claims in a new batch."""
    with writing(acting_name) as context:
        wanted = numbers or [claim.number for claim in publishing.waiting(context) if not claim.why_not]
        if not wanted:
            raise Refused("没有可以公示的案件，请用 pxtui publicity list 查看原因。")
        _print_batch(publishing.publish(context, wanted, on.date() if on else context.today, reason))
    return 0


def show(batch: _BatchNumber) -> int:
    """Print a publicity batch."""
    with reading() as context:
        _print_batch(publicity_batches.look_up(context, batch))
    return 0


def note_page(
    batch: _BatchNumber,
    address: Annotated[str, typer.Argument(metavar="URL", help="公示网页的完整地址。")],
    proof: Annotated[
        Path | None, typer.Option(metavar="FILE", help="公示页的存证文件：截图或PDF；记下文件名和SHA-256。")
    ] = None,
    acting_name: As = None,
) -> int:
    """Store the web address of a batch and the proof of what stood there."""
    shown = None if proof is None else public_page.proof_of(proof)
    with writing(acting_name) as context:
        noted = publishing.note_page(context, batch, address, shown)
        unchecked = public_page.unchecked_host(context)
    print(f"{noted.number} {safe(noted.page_address)}")
    print(
        safe(f"存证：{noted.proof}") if noted.proof else "还没有登记公示页的存证文件（--proof），登记后才能办理期满。"
    )
    if unchecked:
        print(unchecked)
    return 0


def confirm_day(batch: _BatchNumber, acting_name: As = None) -> int:
    """Confirm a day that was stated afterwards."""
    with writing(acting_name) as context:
        _print_batch(publishing.confirm_day(context, batch))
    return 0


def print_notice(
    batch: _BatchNumber,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="放到这个文件夹；不写放数据文件夹。")] = None,
    acting_name: As = None,
) -> int:
    """Issue the public notice of a batch."""
    with writing(acting_name) as context:
        print(safe(str(of_publicity_batch.issue(context, batch, out))))
    return 0


def clear(batch: _BatchNumber, acting_name: As = None) -> int:
    """End the publication of a batch."""
    with writing(acting_name) as context:
        _print_batch(publishing.clear(context, batch))
    return 0


def receive(
    number: Number,
    statement: Annotated[str, typer.Option(help="异议内容。")],
    objector: Annotated[str, typer.Option(metavar="-", help="写 -，按提示输入异议人；不写为匿名。")] = "",
    contact: Annotated[str, typer.Option(metavar="-", help="写 -，按提示输入联系方式。")] = "",
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Record an objection; in a file the objector's line stands before that of the contact."""
    who, how = personal.told(Wanted("异议人", objector), Wanted("联系方式", contact), from_file=from_file)
    with writing(acting_name) as context:
        objections.receive(context, number, statement, objector=who, contact=how)
    print(f"{number} 已登记异议，核查期间不拨付。")
    return 0


def decide(
    number: Number,
    finding: Annotated[str, typer.Option(help="核查结论。")],
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="成立，或不成立。")],
    acting_name: As = None,
) -> int:
    """Decide an objection."""
    with writing(acting_name) as context:
        stage = objections.decide(context, number, finding, upheld=upheld)
    print(f"{number} {STAGE_NAMES[stage]}")
    return 0


def _print_batch(batch: Batch) -> None:
    print(f"{batch.number}  {batch.published_on}由{safe(batch.staff_name)}公示，{batch.days.ends_on}期满")
    if batch.stated is not None:
        print(safe(batch.stated.sentence))
    print(safe(batch.page_address) or "还没有登记公示网址")
    print(safe(f"存证：{batch.proof}") if batch.proof else "还没有登记公示页的存证文件")
    print(*batch.calendar, sep="\n")
    print_table(
        ("编号", "单位", "人数", "金额", "状态"),
        [
            (item.case_number, item.applicant_name, str(item.heads), yuan(item.total_fen), item.state)
            for item in batch.items
        ],
    )
