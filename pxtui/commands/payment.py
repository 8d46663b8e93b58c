"""`pxtui payment`, `pxtui recovery`: payment batches, bank answers, recoveries."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.lifecycle.batches import MOST_WAITING, how_many_at
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Stage
from pxtui.casework.office.context import Context
from pxtui.casework.payment import bank_answers, doubts, funds, recovery
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.payment.batches import Batch
from pxtui.casework.payment.recovery import Reclaim
from pxtui.casework.printed import of_payment_batch
from pxtui.commands import bank_doubts, personal
from pxtui.commands.pages import USUALLY, Before, Most, tell_more, tell_unlisted
from pxtui.commands.personal import ASKED, FromFile, Wanted
from pxtui.commands.session import As, Number, reading, writing
from pxtui.commands.tables import print_table
from pxtui.errors import Refused
from pxtui.policy.subsidy import yuan

_BatchNumber = Annotated[str, typer.Argument(metavar="BATCH", help="拨付批次编号，如BF2020-DQ-001。")]
_Out = Annotated[Path | None, typer.Option(metavar="DIR", help="放到这个文件夹；不写放数据文件夹。")]
_Reason = Annotated[str, typer.Option(help="理由。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    page = typer.Typer(help="拨付：编制批次、签发、交银行、登记回单。", no_args_is_help=True)
    page.command("list", help="列出待拨付的案件和拨付批次。")(list_payments)
    page.command("prepare", help="把公示期满的案件列入一个批次。")(prepare)
    page.command("show", help="查看一个批次。")(show)
    page.command("sign", help="由编制人以外的一人签发。")(sign)
    page.command("handover", help="出具交银行的清单，只出一次。")(hand_over)
    page.command("print", help="出具一个批次的资金拨付汇总表。")(print_table_of)
    page.command("answer", help="登记银行回单：读文件，或逐笔登记。")(answer)
    page.command("correct", help="更正企业账户；退票的案件随后可再列入批次。")(correct)
    page.command("stop", help="交银行前把一件案件撤出批次。")(stop)
    bank_doubts.add_to(page)
    commands.add_typer(page, name="payment")
    back = typer.Typer(help="追回已拨付的补贴。", no_args_is_help=True)
    back.command("order", help="责令退回，由另一人批准。")(order)
    back.command("approve", help="由另一人批准追回。")(approve)
    back.command("drop", help="撤销追回。")(drop)
    back.command("settle", help="登记退款到账，由另一人确认后生效。")(settle)
    back.command("confirm-return", help="由另一人核对后确认登记的退款到账。")(confirm_return)
    back.command("strike-return", help="删去登记错了的退款到账。")(strike_return)
    back.command("list", help="列出追回。")(list_reclaims)
    commands.add_typer(back, name="recovery")


def list_payments(most: Most = USUALLY, before: Before = "") -> int:
    """Print the claims that wait for payment, and the batches; `before` a batch the older ones alone."""
    with reading() as context:
        found = payment_batches.listed(context, most, before)
        if not before:
            _print_waiting(context)
    print_table(
        ("批次", "状态", "件数", "金额", "资金来源", "编制", "签发"),
        [
            (
                batch.number,
                batch.state,
                str(batch.kept),
                yuan(batch.total_fen),
                batch.fund_name,
                batch.prepared_by,
                batch.signed_by or "",
            )
            for batch in found.batches
        ],
    )
    tell_more(more=found.more, last=found.batches[-1].number if found.batches else "")
    return 0


def _print_waiting(context: Context) -> None:
    waiting = payment_orders.waiting(context, MOST_WAITING)
    for contradiction in doubts.contradictions(context):
        print(contradiction.sentence)
    print_table(
        ("编号", "单位", "金额", "说明"),
        [
            (claim.number, claim.applicant_name, yuan(claim.amount_fen), claim.why_not or "可以拨付")
            for claim in waiting
        ],
    )
    tell_unlisted(how_many_at(context, Stage.CLEARED) - len(waiting))
    print()


def prepare(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="[N]...", help="案件编号；不写为全部可以拨付的。")
    ] = None,
    fund: Annotated[str, typer.Option(help="资金来源的代码。")] = "",
    acting_name: As = None,
) -> int:
    """Put claims into a new payment batch."""
    with writing(acting_name) as context:
        wanted = numbers or [claim.number for claim in payment_orders.waiting(context) if not claim.why_not]
        if not wanted:
            raise Refused("没有可以拨付的案件，请用 pxtui payment list 查看原因。")
        _print_batch(payment_orders.prepare(context, fund or _only_fund(funds.funds(context)), wanted))
    print("已编制，由另一人签发（pxtui payment sign）后交银行。")
    return 0


def show(batch: _BatchNumber) -> int:
    """Print a batch."""
    with reading() as context:
        found = payment_batches.look_up(context, batch)
        changes = payment_orders.before_signing(context, found).changes
    _print_batch(found)
    for sentence in (*found.differences, *changes):
        print(sentence)
    return 0


def sign(
    batch: _BatchNumber,
    opinion: Annotated[
        str, typer.Option(metavar="TEXT", help="对审批以来的变化（pxtui payment show列出）的签发意见。")
    ] = "",
    acting_name: As = None,
) -> int:
    """Release a batch; whoever signs answers what changed since the approval in one opinion."""
    with writing(acting_name) as context:
        signed = payment_orders.sign(context, batch, opinion)
        _print_batch(signed.batch)
    for sentence in signed.changes:
        print(sentence)
    return 0


def hand_over(batch: _BatchNumber, out: _Out = None, acting_name: As = None) -> int:
    """Write the bank's list of a batch, once."""
    with writing(acting_name) as context:
        path = payment_orders.hand_over(context, batch, out)
        digest = payment_batches.look_up(context, batch).digest
    print(path)
    print(f"校验码（SHA-256）{digest}")
    return 0


def print_table_of(
    batch: _BatchNumber,
    out: _Out = None,
    slips: Annotated[bool, typer.Option(help="同时出具已拨付各件的拨付告知单。")] = False,
    acting_name: As = None,
) -> int:
    """Issue the summary table of a batch, on request with slips."""
    with writing(acting_name) as context:
        for path in of_payment_batch.issue(context, batch, out, with_slips=slips):
            print(path)
    return 0


def answer(
    batch: _BatchNumber,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="银行回单（电子表格）。")] = None,
    case: Annotated[str, typer.Option(metavar="N", help="逐笔登记：案件编号。")] = "",
    amount: Annotated[str, typer.Option(metavar="YUAN", help="逐笔登记：回单金额，元。")] = "",
    reference: Annotated[str, typer.Option(help="逐笔登记：拨付成功的流水号。")] = "",
    bounced: Annotated[str, typer.Option(help="逐笔登记：退票的原因；须由另一人确认后才能再拨付。")] = "",
    same_reference_is_right: Annotated[
        bool, typer.Option("--same-reference-is-right", help="已与银行核对：几笔确是同一个流水号。")
    ] = False,
    acting_name: As = None,
) -> int:
    """Enter the bank's answers to a batch from a file, or one by options."""
    if (file is None) == (not case):
        raise Refused("请写明回单文件，或用--case、--amount和--reference（成功）或--bounced（退票）登记一笔。")
    with writing(acting_name) as context:
        if file is not None:
            answers = bank_answers.read(file)
            _print_batch(bank_answers.answer(context, batch, answers, same_reference_is_right=same_reference_is_right))
            return 0
        if bool(reference) == bool(bounced):
            raise Refused("请写明--reference（拨付成功的流水号）或--bounced（退票的原因），只写一个。")
        bank_answer = BankAnswer(case, funds.fen_of(amount), not bounced, reference or bounced)
        _print_batch(
            bank_answers.answer_one(context, batch, bank_answer, same_reference_is_right=same_reference_is_right)
        )
    return 0


def correct(
    number: Number,
    bank: Annotated[str, typer.Option(help="开户银行。")],
    name: Annotated[str, typer.Option(help="户名，须与申请单位名称一致。")],
    account: Annotated[str, typer.Option(metavar="-", help="不写或写 -，按提示输入账号。")] = ASKED,
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Correct an enterprise's account."""
    (told,) = personal.told(Wanted("账号", account), from_file=from_file)
    with writing(acting_name) as context:
        stage = bank_answers.correct(context, number, bank_name=bank, account=told, account_name=name)
    print(f"已更正账户，{number}{STAGE_NAMES[stage]}，可再列入拨付批次。")
    return 0


def stop(number: Number, reason: _Reason, acting_name: As = None) -> int:
    """Take a claim out of its batch."""
    with writing(acting_name) as context:
        batch = payment_orders.stop(context, number, reason)
        _print_batch(batch)
    print(f"已撤出{number}；{'批次须重新签发' if batch.kept else '批次没有案件了，已撤销'}。")
    return 0


def order(
    number: Number,
    amount: Annotated[str, typer.Argument(metavar="YUAN", help="追回多少，元。")],
    reason: _Reason,
    fraud: Annotated[
        bool, typer.Option("--fraud", help="骗取补贴（通知六(三)）：单位以后的案件标注，人员的次数不退回。")
    ] = False,
    acting_name: As = None,
) -> int:
    """Order a recovery."""
    with writing(acting_name) as context:
        _print_reclaims(recovery.order(context, number, funds.fen_of(amount), reason, is_fraud=fraud))
    print("已提出，由另一人批准（pxtui recovery approve）后生效。")
    return 0


def approve(number: Number, acting_name: As = None) -> int:
    """Approve a recovery."""
    with writing(acting_name) as context:
        _print_reclaims(recovery.approve(context, number))
    return 0


def drop(number: Number, reason: _Reason, acting_name: As = None) -> int:
    """Drop a recovery."""
    with writing(acting_name) as context:
        reclaim = recovery.drop(context, number, reason)
        _print_reclaims(reclaim)
    if reclaim.is_open:
        print("追回已批准，撤销由另一人同意（再由其运行 pxtui recovery drop）后生效。")
    return 0


def settle(
    number: Number,
    returned_on: Annotated[datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"], help="到账日期。")],
    reference: Annotated[str, typer.Option(help="流水号或凭证号。")],
    amount: Annotated[str | None, typer.Option(help="到账金额（元）；不写为全部。")] = None,
    acting_name: As = None,
) -> int:
    """State that a recovery, or a part of it, has arrived."""
    with writing(acting_name) as context:
        fen = None if amount is None else funds.fen_of(amount)
        _print_reclaims(recovery.settle(context, number, returned_on.date(), reference, fen))
    print("已登记退款到账，由另一人确认（pxtui recovery confirm-return）后生效。")
    return 0


def confirm_return(
    number: Number,
    evidence: Annotated[str, typer.Option(help="核对了什么，如银行对账单或收款回单的编号。")] = "",
    acting_name: As = None,
) -> int:
    """Confirm that the money is back."""
    with writing(acting_name) as context:
        _print_reclaims(recovery.confirm_return(context, number, evidence))
    return 0


def strike_return(number: Number, reason: _Reason, acting_name: As = None) -> int:
    """Strike out a stated return."""
    with writing(acting_name) as context:
        _print_reclaims(recovery.strike_return(context, number, reason))
    print("已删去登记的退款到账。")
    return 0


def list_reclaims(most: Most = USUALLY, before: Before = "") -> int:
    """Print recoveries, the newest first."""
    with reading() as context:
        found, more = recovery.reclaims(context, most, before)
    _print_reclaims(*found)
    tell_more(more=more, last=found[-1].number if found else "")
    return 0


def _only_fund(found: tuple[funds.Source, ...]) -> str:
    if len(found) != 1:
        known = "、".join(source.code for source in found) or "还没有登记，请先用 pxtui fund put 登记"
        raise Refused(f"请用--fund写明资金来源的代码，可用：{known}。")
    return found[0].code


def _print_batch(batch: Batch) -> None:
    print(f"{batch.number}  {batch.state}  {batch.fund_name}  {yuan(batch.total_fen)}元")
    acts = (
        ("编制", batch.prepared_on, batch.prepared_by),
        ("签发", batch.signed_on, batch.signed_by),
        ("交银行", batch.handed_over_on, batch.handed_over_by),
    )
    print("  ".join(f"{day} {name}{act}" for act, day, name in acts if day))
    if batch.digest:
        print(f"清单校验码（SHA-256）{batch.digest}")
    print_table(
        ("编号", "单位", "金额", "开户银行", "账号", "结果", "流水号或原因"),
        [
            (
                line.case_number,
                line.applicant_name,
                yuan(line.amount_fen),
                line.bank_name,
                line.masked_account,
                line.outcome_name,
                line.reference,
            )
            for line in batch.lines
        ],
    )


def _print_reclaims(*found: Reclaim) -> None:
    print_table(
        ("编号", "单位", "金额", "状态", "提出", "批准", "到账", "理由"),
        [
            (
                reclaim.number,
                reclaim.applicant_name,
                yuan(reclaim.amount_fen),
                reclaim.state,
                f"{reclaim.ordered_on} {reclaim.ordered_by}",
                f"{reclaim.approved_on} {reclaim.approved_by}" if reclaim.approved_on else "",
                _arrival(reclaim),
                f"{reclaim.reason}{'（骗取补贴）' if reclaim.is_fraud else ''}",
            )
            for reclaim in found
        ],
    )


def _arrival(reclaim: Reclaim) -> str:
    if (stated := reclaim.stated) is not None:
        return f"{stated.returned_on} {stated.reference} {yuan(stated.amount_fen)}元 {stated.stated_by}登记"
    return f"{reclaim.returned_on} {reclaim.reference}" if reclaim.returned_on else ""
