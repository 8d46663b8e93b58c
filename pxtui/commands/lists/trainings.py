"""`pxtui history import` and `pxtui history undo`: lists of earlier trainings in, and the last one back."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.people import training_imports
from pxtui.commands.incoming import print_refused, print_repairs
from pxtui.commands.session import As, reading, writing
from pxtui.commands.tables import masked_numbers, safe


def add_to(page: typer.Typer) -> None:
    """Enter the commands of this page into `pxtui history`."""
    page.command(
        "import", help="导入以往培训清单（.csv、.xlsx等），先与台账比对：新的、已有的、有出入的、本台账的班。"
    )(take)
    page.command("undo", help="撤回自己今天最后一次导入的清单，一步恢复到导入以前。")(undo)


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="电子表格或文本文件。")],
    source: Annotated[str, typer.Option(help="清单由谁提供；不写为文件名。列名按这个来源上次的对应读取。")] = "",
    headings: Annotated[str, typer.Option(help="列名对应，如 职业=培训工种名称，开始日期=开班。")] = "",
    only_check: Annotated[bool, typer.Option("--only-check", help="只比对，不导入。")] = False,
    acting_name: As = None,
) -> int:
    """Enter earlier trainings from a file; refused rows are printed and left out."""
    said = training_imports.headings_in(headings)
    with reading() as context:
        known = training_imports.sources(context).get(source.strip() or file.name, {})
    prepared = training_imports.prepare(file, source, said, known)
    listed = prepared.listed
    print(f"认出的列：{safe(prepared.columns)}")
    with reading() if only_check else writing(acting_name) as context:
        found = training_imports.preview(context, prepared)
        print(found.sentence)
        print(*(masked_numbers(safe(line)) for line in found.lines), sep="\n", end="\n" if found.lines else "")
        if not only_check:
            print(f"读出{len(listed.rows)}条，新增{training_imports.take(context, prepared)}条。")
    print_repairs(listed.repairs)
    print_refused(listed.refused, "未导入")
    return 1 if listed.refused else 0


def undo(acting_name: As = None) -> int:
    """Take the last import back."""
    with writing(acting_name) as context:
        print(safe(training_imports.take_back(context)))
    return 0
