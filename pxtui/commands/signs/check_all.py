"""`pxtui check-all`: every open case judged again, after an import, a list, a file of parameters, or every night."""

import sys
from typing import Any

import typer

from pxtui import clock
from pxtui.casework.all_cases import checking
from pxtui.casework.all_cases.checking import Change, Outcome
from pxtui.casework.office.context import Acting
from pxtui.casework.office.program_version import NOBODY
from pxtui.casework.office.register import open_register
from pxtui.commands.judging import AsJson
from pxtui.commands.tables import one_line
from pxtui.home import home
from pxtui.progress import Watch

SCHEMA = "pxtui-check-all/1"


class _Told(Watch):
    """Tells on the error stream how far it is, where somebody looks at it."""

    def check(self) -> None:
        """Between two lots."""
        if self.done and sys.stderr.isatty():
            print(f"\r已复查{self.done}/{self.total}件", end="", file=sys.stderr, flush=True)
        super().check()


def add_to(commands: typer.Typer) -> None:
    """Enter the command."""
    commands.command("check-all", help="复查全部未决定的案件，列出结论与上次不同的。退出码：0没有变化，1有。")(
        check_all
    )


def check_all(as_json: AsJson = False) -> int:
    """Judge every open case again and print whose verdict changed; by a timer as well, in nobody's name."""
    day = clock.practice_day()
    now = clock.now(day)
    register, outcome = open_register(home(), now, practice_day=day), Outcome()
    try:
        for change in checking.check_all(register, Acting(NOBODY, register.office, now), outcome, _Told()):
            print(one_line(_as_json(change)) if as_json else _line(change))
    finally:
        register.close()
    if as_json:
        print(one_line({"schema": SCHEMA, **_counts(outcome)}))
    else:
        unjudged = f"，{outcome.not_judged}件缺节假日安排没有审查" if outcome.not_judged else ""
        print(f"复查{outcome.cases}件：{outcome.changed}件结论有变，{outcome.new}件第一次存下结论{unjudged}。")
    return 1 if outcome.changed else 0


def _line(change: Change) -> str:
    return f"{change.number} {change.applicant_name}（{change.stage_name}）：{'；'.join(change.sentences)}"


def _as_json(change: Change) -> dict[str, Any]:
    return {"schema": SCHEMA, "case": change.number, "stage": change.stage_name, "changes": list(change.sentences)}


def _counts(outcome: Outcome) -> dict[str, int]:
    return {
        "cases": outcome.cases,
        "changed": outcome.changed,
        "new": outcome.new,
        "not_judged": outcome.not_judged,
    }
