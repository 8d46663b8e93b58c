"""`pxtui wording …`: an office's own wording and templates looked through, listed and shown."""

from pathlib import Path
from typing import Annotated

import typer

from pxtui.casework.practice import sample
from pxtui.casework.printed import entering, own_wording
from pxtui.commands.session import reading
from pxtui.commands.tables import print_table, safe
from pxtui.papers.writing.workbook_file import store

Form = Annotated[str, typer.Argument(metavar="FORM", help="文书的代号，如correction-notice。")]


def add_to(commands: typer.Typer) -> None:
    """Enter the commands of this page."""
    wording = typer.Typer(help="本部门自己的文书用语（wording）和模板（templates）。", no_args_is_help=True)
    wording.command("check", help="逐个核对用语和模板的文件。退出码：0没有错处，1有错处。")(check)
    wording.command("places", help="一份文书所有可以改的用语、填写处和明细。")(places)
    wording.command("preview", help="用一个案件出样张，不编号、不记入台账。")(preview)
    commands.add_typer(wording, name="wording")


def check() -> int:
    """Print every mistake in the office's own files."""
    with reading() as context:
        faults = own_wording.faults_of(context)
        folders = f"“{context.home.wording}”和“{context.home.templates}”"
    for fault in faults:
        print(safe(fault.told))
    print(f"共{len(faults)}处要改。" if faults else f"{folders}里的文件没有错处。")
    return 1 if faults else 0


def places(form: Form) -> int:
    """Print every place of a paper."""
    found = own_wording.places_of(form)
    print(f"{found.name}（{found.form}）")
    if found.texts:
        print("用语（[labels]）：")
        print_table(("名称", "现在的文字"), [(key, text.replace("\n", " ")) for key, text in found.texts.items()])
    for key, codes in found.options.items():
        print(f"选项（[options.{key}]）：{'、'.join(f'{code}={text}' for code, text in codes.items())}")
    print(f"填写处（用语里写{{名称}}，模板里写{{{{名称}}}}）：{'、'.join(found.values)}")
    for table, columns in found.columns.items():
        print(f"明细（只用于模板，一行写{{{{{table}.栏目}}}}）：{'、'.join(f'{table}.{column}' for column in columns)}")
    return 0


def preview(
    form: Form,
    out: Annotated[Path, typer.Option(metavar="DIR", help="放到这个文件夹。")],
    case: Annotated[
        str, typer.Option("--case", metavar="N", help="案件编号；不写的取最近一件有这份文书的，没有的用演练案件。")
    ] = "",
) -> int:
    """Write a sample of a paper."""
    with reading() as context:
        name, content = sample.sample_of(context, form, case)
        path = entering.folder_for(context, out, form) / name
    store(content, path)
    print(path)
    return 0
