"""Entry of the command line: parses the words, runs the command, returns its exit code."""

import typer
from typer._click.exceptions import BadParameter, ClickException, UsageError  # typer offers no public name for them

from pxtui.commands import (
    auditing,
    backups,
    calendars,
    cases,
    doctor,
    exchange,
    exporting,
    fund_sources,
    judging,
    learning,
    liftings,
    offices,
    offline,
    payment,
    publicity,
    reference,
    registers,
    replaying,
    retention,
    rosters,
    settings,
    shift,
    staff,
    supervision,
    verifying,
    wordings,
)
from pxtui.commands.lists import outside
from pxtui.commands.personal import require_none_in
from pxtui.commands.profiles import pages as profile_pages
from pxtui.commands.signs import check_all, found, spot
from pxtui.errors import Refused


def call(words: list[str]) -> int:
    """Run one command; the exit code.

    Raises:
        PxtuiError: the words are no command, or the command could not be done.
    """
    require_none_in(words)
    try:
        outcome = typer.main.get_command(_commands())(words, prog_name="pxtui", standalone_mode=False)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return 130
    except UsageError as fault:
        raise Refused(_usage_sentence(fault)) from None
    except ClickException as fault:
        raise Refused(f"命令无法执行（{fault.format_message()}），请运行 pxtui --help 查看用法。") from None
    return outcome if isinstance(outcome, int) else 0


def _commands() -> typer.Typer:
    commands = typer.Typer(
        help="线上职业技能培训补贴柜台（攀人社发〔2020〕33号）。不带参数时打开柜台，--version显示版本。",
        no_args_is_help=False,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for page in (
        judging,
        cases,
        rosters,
        learning,
        exporting,
        wordings,
        offices,
        staff,
        liftings,
        calendars,
        offline,
        exchange,
        outside,
        shift,
        fund_sources,
        payment,
        publicity,
        replaying,
        found,
        spot,
        check_all,
        retention,
        registers,
        backups,
        doctor,
        supervision,
        verifying,
        settings,
        reference,
        auditing,
        profile_pages,
    ):
        page.add_to(commands)
    return commands


def _usage_sentence(fault: UsageError) -> str:
    command = fault.ctx.command_path if fault.ctx else "pxtui"
    reason = fault.format_message()
    # A word that is none of those there are is the one fault whose English says what to write instead.
    _, among, allowed = reason.partition(" is not one of ")
    if among and isinstance(fault, BadParameter) and fault.param:
        words = allowed.rstrip(".").replace("'", "").replace(", ", "、")
        reason = f"{fault.param.opts[-1]}限写{words}"
    return f"命令写法有误（{reason}），请运行 {command} --help 查看用法。"
