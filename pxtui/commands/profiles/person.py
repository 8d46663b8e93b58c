"""`pxtui person show`: the page of a person."""

from typing import Annotated

import typer

from pxtui.casework.office.context import Context
from pxtui.casework.people import known, reveals
from pxtui.casework.profiles import person as person_profile
from pxtui.casework.profiles.person import PersonPage
from pxtui.commands import personal
from pxtui.commands.personal import ASKED, FromFile, Wanted
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import print_table, safe
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import id_number

_HEADS = ("开始", "结束", "职业（工种）", "名额", "情况", "拨付（元）", "来源", "单位")


def show(
    person: Annotated[str, typer.Argument(metavar="-", help="写 -，按提示输入证号、姓名、首字母或证号末4位。")] = ASKED,
    reason: Annotated[str, typer.Option(help="看全号的理由，记入台账；不写只列隐去的号码。")] = "",
    from_file: FromFile = None,
    acting_name: As = None,
) -> int:
    """Print the page of a person; a search by a whole number and a look at full numbers are noted."""
    (asked,) = personal.told(Wanted("证号、姓名、首字母或证号末4位", person), from_file=from_file)
    is_noted = bool(reason) or reveals.is_whole_number(asked)
    with writing(acting_name) if is_noted else reading() as context:
        reveals.note_search(context, asked)
        key = _meant(context, asked)
        page = person_profile.person_page(context, key)
        in_full = person_profile.open_in_full(context, key, reason) if reason else ""
    _print(page)
    if in_full:
        print(safe(in_full))
    return 0


def _meant(context: Context, text: str) -> bytes:
    if reveals.is_whole_number(text):
        return person_profile.key_of(context, text)
    found = known.found_by(context, text)
    if not found:
        raise NotFound("台账里没有这样的人员：按姓名、首字母、证号末4位查，或输入整个证号。")
    if len(found) > 1:
        names = "、".join(f"{row.name} {id_number.masked(row.id_number)}" for row in found)
        raise Refused(f"查到{len(found)}人：{names}；请输入整个证号。")
    return person_profile.key_of(context, found[0].id_number)


def _print(page: PersonPage) -> None:
    print(safe(f"{page.name} {page.masked_number}".strip()))
    for year in page.years:
        print(safe(year.in_words))
        for place in year.taken:
            print(safe(f"  {place.what}  腾出：{place.freed_by}"))
    rows = [
        (
            f"{line.starts_on}",
            f"{line.ends_on}" if line.ends_on else "未结束",
            line.what,
            line.place,
            line.state or line.manner,
            line.money,
            line.source,
            line.firm,
        )
        for line in page.trainings
    ]
    if rows:
        print_table(_HEADS, rows)
    for title, texts in (("另一姓名", page.other_names), ("电话", page.phones), ("另一证号", page.other_numbers)):
        for text in texts:
            print(safe(f"{title}：{text}"))
    for other in page.shared_phones:
        print(safe(f"同一电话：{other.phone} {other.name} {other.masked_number} {other.where}"))
