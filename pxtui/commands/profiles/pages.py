"""`pxtui enterprise show`, `pxtui platform show` and `pxtui find`."""

from typing import Annotated

import typer

from pxtui.casework.people import reveals
from pxtui.casework.profiles import enterprise as enterprise_profile
from pxtui.casework.profiles import subject as subject_profile
from pxtui.casework.profiles.classes import ClassLine
from pxtui.casework.profiles.found import MOST_OF_A_KIND, Group, Kind, found
from pxtui.commands import personal
from pxtui.commands.personal import ASKED, FromFile, Wanted
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table, safe
from pxtui.errors import Refused
from pxtui.policy.subsidy import yuan

_HEADS = ("编号", "开班", "结束", "培训", "情况", "人数", "申请（元）", "批准（元）", "单位", "平台")
_MOST = 200


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    firms = typer.Typer(help="单位：全部的班、钱、规模、凭证、标注。", no_args_is_help=True)
    firms.command("show", help="单位页；写明理由的看电话、账号全号。")(show_enterprise)
    commands.add_typer(firms, name="enterprise")
    platforms = typer.Typer(help="平台、培训机构：全部的班，占全部金额多少，相关的单位。", no_args_is_help=True)
    platforms.command("show", help="平台或培训机构的一页。")(show_platform)
    commands.add_typer(platforms, name="platform")
    commands.command("find", help="查找案件、单位、人员、职业、平台、凭证；证号、电话写 -，按提示输入。")(find)


def show_enterprise(
    firm: Annotated[str, typer.Argument(metavar="FIRM", help="名称的一部分、首字母或统一社会信用代码。")],
    reason: Annotated[str, typer.Option(help="看全号的理由，记入台账；不写只列隐去的号码。")] = "",
    acting_name: As = None,
) -> int:
    """Print the page of an enterprise."""
    with writing(acting_name) if reason else reading() as context:
        applicant = enterprise_profile.meant(context, firm)
        page = enterprise_profile.enterprise_page(context, applicant)
        in_full = enterprise_profile.open_in_full(context, applicant, reason) if reason else ""
    print(safe(f"{page.name} {page.credit_code}".strip()))
    for name in page.other_names:
        print(safe(f"另用名称：{name}"))
    print(f"{page.money.classes}个班  {page.people}人  {page.money.in_words}")
    for sentence in (page.size, *page.facts, *page.marks):
        print(safe(sentence))
    _print_classes(page.classes)
    for voucher in page.vouchers:
        print(safe(f"凭证{voucher.number}：{voucher.sentence}"))
    for other in page.shared_phones:
        print(safe(f"同一电话：{other.phone} {other.name} {other.masked_number} {other.where}"))
    if in_full:
        print(safe(in_full))
    return 0


def show_platform(
    platform: Annotated[str, typer.Argument(metavar="NAME", help="平台或培训机构名称的一部分、首字母。")],
) -> int:
    """Print the page of a platform or provider."""
    with reading() as context:
        page = subject_profile.subject_page(context, subject_profile.meant(context, platform))
    print(safe(f"{page.kind}：{page.name}"))
    print(page.in_words)
    if page.domains:
        print(safe(page.domains))
    for name in page.related:
        print(safe(f"{name.kind}：{name.name} {name.classes}个班 {yuan(name.approved_fen)}元"))
    for firm in page.enterprises:
        own = "（也是申请人）" if firm.is_own_customer else ""
        print(safe(f"单位：{firm.name}{own} {firm.sentence}"))
    _print_classes(page.classes)
    return 0


def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="要找的文字，可几个词；证号、电话写 -。")] = ASKED,
    most: Annotated[int, typer.Option(min=1, max=_MOST, help="每种最多列多少条。")] = MOST_OF_A_KIND,
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Print what is found, by kind; whoever looks for a person by a whole number is noted."""
    if text != ASKED and reveals.is_whole_number(text):
        raise Refused(
            "完整的证号、电话不写在命令行里：本机的其他人看得到，命令历史也会留下。请改写成 -，按提示输入，"
            "或用 --from-file 从文件读取，并删去命令历史里的这一行；没有查找。"
        )
    if text == ASKED:
        (text,) = personal.told(Wanted("要找的证号、电话或文字", ASKED), from_file=from_file)
    with writing(acting_name) if reveals.is_whole_number(text) else reading() as context:
        reveals.note_search(context, text)
        groups = {kind: found(context, kind, text, most=most) for kind in Kind}
    if not any(group.hits for group in groups.values()):
        print("没有找到。")
        return 1
    _print_groups(groups)
    return 0


def _print_groups(groups: dict[Kind, Group]) -> None:
    rows = [(hit.kind, hit.what, hit.beside) for group in groups.values() for hit in group.hits]
    print_table(("种类", "名称", "说明"), rows)
    more = [kind.value for kind, group in groups.items() if group.more]
    if more:
        print(f"{'、'.join(more)}还有没有列出的，请多写几个字，或用 --most 多列。")


def _print_classes(classes: tuple[ClassLine, ...]) -> None:
    if not classes:
        return
    print_table(
        _HEADS,
        [
            (
                line.source,
                f"{line.starts_on}",
                f"{line.ends_on}",
                line.what,
                line.state,
                "" if line.heads is None else str(line.heads),
                "" if line.asked_fen is None else yuan(line.asked_fen),
                "" if line.approved_fen is None else yuan(line.approved_fen),
                line.firm,
                line.platform,
            )
            for line in classes
        ],
    )
