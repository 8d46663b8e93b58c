"""`pxtui replay` and `pxtui rules`: past decisions judged again, and open cases judged by newer rules."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.decision import replay as decision_replay
from pxtui.casework.decision.replay import ChangedDecision
from pxtui.commands.judging import AsJson
from pxtui.commands.session import reading
from pxtui.commands.tables import one_line, print_table
from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.policy.parameters import shipped_rulebook

_LARGEST_BYTES = 1_000_000
SCHEMA = "pxtui-replay/1"

_RulesFile = Annotated[Path, typer.Argument(metavar="FILE", help="政策参数文件（TOML）。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    commands.command("replay", help="用当时的事实和参数复核每一项历史决定。退出码：0无差异，1有差异。")(replay)
    page = typer.Typer(help="政策参数：现行文件，新文件会改变什么。", no_args_is_help=True)
    page.command("list", help="列出现行的政策参数文件。")(show)
    page.command("preview", help="按新文件试算全部未办结案件，不改台账。退出码：0没有变化，1有。")(preview)
    commands.add_typer(page, name="rules")


def replay(
    rules: Annotated[
        Path | None, typer.Option(metavar="FILE", help="加上这个参数文件复核；生效日期相同的代替原文件。")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Judge every past decision again."""
    text = _read(rules) if rules else ""
    with reading() as context:
        found = decision_replay.replay(context, rules.name if rules else "", text)
    if as_json:
        print(one_line({"schema": SCHEMA, "decisions": found.decisions, "differences": _as_json(found.differences)}))
    elif not found.differences:
        print(f"复核{found.decisions}项历史决定，无差异。")
    else:
        print(f"复核{found.decisions}项历史决定，{len(found.differences)}项有差异：")
        _print(found.differences, "决定")
    return 1 if found.differences else 0


def show() -> int:
    """Print the parameter files in force."""
    print_table(
        ("文号", "施行日期", "每人上限（元）", "每年次数"),
        [
            (
                notice.number,
                str(notice.effective_from),
                f"{notice.cap_per_person_fen // 100}",
                str(notice.trainings_per_year),
            )
            for notice in shipped_rulebook().notices
        ],
    )
    return 0


def preview(file: _RulesFile, as_json: AsJson = False) -> int:
    """Judge every open case by the present rules and by those with a new file."""
    text = _read(file)
    with reading() as context:
        found = decision_replay.preview(context, file.name, text)
    if as_json:
        print(one_line({"schema": SCHEMA, "cases": found.cases, "differences": _as_json(found.differences)}))
        return 1 if found.differences else 0
    print(f"{file.name}自{found.effective_from}起施行：试算未办结{found.cases}件，{len(found.differences)}件有变化。")
    _print(found.differences, "阶段")
    return 1 if found.differences else 0


def _read(path: Path) -> str:
    try:
        return content_of(path, _LARGEST_BYTES, f"“{path.name}”过大，不像参数文件，请核对文件。").decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"不能读取“{path.name}”：参数文件须为UTF-8编码，请另存后再试。") from None


def _print(found: tuple[ChangedDecision, ...], what: str) -> None:
    if found:
        rows = [
            (difference.number, difference.applicant_name, difference.what, "；".join(difference.changes))
            for difference in found
        ]
        print_table(("编号", "单位", what, "变化"), rows)


def _as_json(found: tuple[ChangedDecision, ...]) -> list[dict[str, object]]:
    return [
        {"number": difference.number, "what": difference.what, "changes": list(difference.changes)}
        for difference in found
    ]
