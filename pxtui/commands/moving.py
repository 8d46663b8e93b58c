"""`pxtui db copy` and `pxtui db conflicts`: a register in another place, and several registers made one."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pxtui import clock
from pxtui.commands.tables import print_table, safe
from pxtui.errors import Refused
from pxtui.home import Home, Server, home_at, is_url
from pxtui.policy.subsidy import yuan

if TYPE_CHECKING:
    from pxtui.casework.merging.merge import Merged
    from pxtui.casework.merging.outcome import OfOffice


def add_to(database: typer.Typer) -> None:
    """Enter the commands of this page."""
    database.command(
        "copy",
        help="把台账复制到数据库或新的文件夹，逐项核对；写几次 --from 的，把几个部门的台账合并成一个。原台账只读不改。",
    )(copy)
    database.command(
        "conflicts", help="几个部门的台账合并以前要由人决定的：重复发放、姓名、凭证等。退出码：0没有，1有。"
    )(conflicts)


_Sources = Annotated[
    list[Path],
    typer.Option("--from", metavar="DIR", help="原台账的数据文件夹；几个部门合并的写几次，第一个作主管部门。"),
]


def copy(
    sources: _Sources,
    target: Annotated[
        str, typer.Option("--to", metavar="DIR|URL", help="新的数据文件夹，或postgresql://主机/数据库。")
    ],
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="复制到数据库的，密钥和文书放在这个新的数据文件夹里。")
    ] = None,
    decided: Annotated[
        Path | None, typer.Option(metavar="FILE", help="合并时：pxtui db conflicts --decide 写出、已填好决定的文件。")
    ] = None,
) -> int:
    """Copy a register to another place, or make one of several there."""
    if is_url(target) is (folder is None):
        raise Refused("复制到数据库的，请用 --folder 写明放密钥的数据文件夹；复制到文件夹的，不写 --folder。")
    new = Home(Path(target)) if folder is None else Home(folder, Server(target))
    if len(sources) > 1:
        return _merge(sources, new, decided)
    if decided is not None:
        raise Refused("--decided 只在合并几个部门的台账时用：请写两个以上的 --from，或去掉它。")
    return _move(home_at(sources[0]), new)


def _move(old: Home, new: Home) -> int:
    from pxtui.casework.keeping import moving

    copied = moving.move(old, new, clock.now(clock.practice_day()), _tell)
    print(
        f"已复制到“{new.root}”，与原台账逐项一致：{copied.rows['training_case']}个案件，"
        f"经办记录{copied.rows['journal_entry']}条，原链头{copied.head}。\n"
        f"{_BACK_UP_KEY}\n"
        f"启用：设置 PXTUI_HOME={new.root}；原台账改名留存，不要再录入，以免两处编号重复。"
    )
    return 0


def _merge(sources: list[Path], new: Home, decided: Path | None) -> int:
    from pxtui.casework.merging import decisions, merge

    found = decisions.Decisions() if decided is None else decisions.read(decided, is_wanted=True)
    merged = merge.merge([home_at(source) for source in sources], new, found, clock.now(clock.practice_day()), _tell)
    print(f"{len(sources)}个部门的台账已合并到“{new.root}”，各部门的行数、金额和校验链与原台账逐项一致：")
    _print_offices(merged)
    print("\n".join((f"按决定的文件处理{merged.decided}项。", *merged.remarks)))
    print(
        f"{_BACK_UP_KEY}\n"
        f"启用：设置 PXTUI_HOME={new.root}，运行 pxtui verify 和 pxtui replay 各一次；"
        "原台账改名留存，不要再录入：以前文书上的链头要用它核对。"
    )
    return 0


_BACK_UP_KEY = "加密内容改用新密钥：请在新的文件夹里运行 pxtui key backup 备份密钥。"


def _print_offices(merged: "Merged") -> None:
    from pxtui.casework.merging.outcome import HEADS

    print_table(HEADS, [_row(of_office) for of_office in merged.offices])


def _row(of_office: "OfOffice") -> tuple[str, ...]:
    from pxtui.casework.merging.outcome import MONEY

    figures = (yuan(value) if word in MONEY else str(value) for word, value in of_office.figures.items())
    first, last = of_office.entries
    return (of_office.office, *figures, f"{first}—{last}", of_office.head)


def conflicts(
    sources: _Sources,
    decide: Annotated[
        Path | None, typer.Option(metavar="FILE", help="写出这个文件，由人逐项填写决定；已有的，保留已填的。")
    ] = None,
) -> int:
    """Print what several registers say otherwise, and write it down to be decided."""
    from pxtui.casework.merging import conflicts as merging_conflicts
    from pxtui.casework.merging import decisions

    known = decisions.Decisions() if decide is None else decisions.read(decide)
    homes = [home_at(source) for source in sources]
    found, key = merging_conflicts.conflicts(homes, clock.now(clock.practice_day()), _tell)
    done, still_open = decisions.settled(found, key, known)
    if decide is not None:
        decisions.write(decide, found, key, known)
    if done:
        print(f"已经决定的有{len(done)}项。")
    if not still_open:
        print("没有要由人决定的。")
        return 0
    print(f"要由人决定的有{len(still_open)}项：")
    for conflict in still_open:
        print(f"  {conflict.kind.value}：{safe(conflict.sentence)}")
    if decide is not None:
        print(f"请在“{decide}”里逐项填写决定，再运行一次。")
    return 1


def _tell(sentence: str) -> None:
    if sys.stderr.isatty():
        print(sentence, file=sys.stderr)
