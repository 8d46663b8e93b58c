"""`pxtui doctor`: the machine, the terminal, the data folder, the register and the server's files looked through."""

from collections import Counter
from collections.abc import Iterator

import typer

from pxtui import clock
from pxtui.checkup import folders, machine, register, server, terminal
from pxtui.checkup.finding import Finding, Verdict
from pxtui.commands.tables import safe
from pxtui.environment import started_with
from pxtui.home import home


def add_to(commands: typer.Typer) -> None:
    """Enter the command of this page."""
    commands.command("doctor", help="检查本机、终端、数据文件夹、台账和服务器，写明怎么办。退出码：0没有不行的，1有。")(
        doctor
    )


def doctor() -> int:
    """Print a line for everything that was looked at."""
    counted: Counter[Verdict] = Counter()
    for finding in _all():
        counted[finding.verdict] += 1
        print(safe(f"{finding.verdict.value}  {finding.what}：{finding.sentence}"))
        if finding.remedy:
            print(safe(f"      怎么办：{finding.remedy}"))
    print(f"共看{counted.total()}项：不行{counted[Verdict.BAD]}项，注意{counted[Verdict.CAUTION]}项。")
    return 1 if counted[Verdict.BAD] else 0


def _all() -> Iterator[Finding]:
    place, now = home(), clock.now(clock.practice_day())
    environment = started_with()
    yield from machine.findings(place, environment)
    yield from terminal.findings(environment)
    yield from folders.findings(place)
    yield from register.findings(place, now)
    yield from server.findings()
