"""A source of money is entered or put right on the message line of the page of payments."""

from collections.abc import Callable
from functools import partial

from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded
from pxtui.casework.payment import funds
from pxtui.casework.payment.funds import Grant, Source
from pxtui.policy.subsidy import yuan
from screens.entry.effects import Row
from screens.entry.fields import Field
from screens.frame.screen import StepScreen
from screens.frame.storing import store_answers
from screens.money.answers import amount_fault, given

_FIELDS = (Field("name", "名称", 40), Field("amount", "总额度（元）", 14))


def ask_for_grant(screen: StepScreen, offered: str, then: Callable[[str], None]) -> None:
    """Ask for code, name and grant of a source.

    Args:
        offered: the code that what is typed replaces.
        then: hears what was entered, in Chinese.
    """

    def ask_for_name(code: str, loaded: Loaded[Grant | None]) -> None:
        ask = partial(ask_for_amount, code, loaded)
        screen.ask("资金来源的名称：", ask, _as_row(loaded.value).get("name", ""), check=given("名称"))

    def ask_for_amount(code: str, loaded: Loaded[Grant | None], name: str) -> None:
        known = _as_row(loaded.value).get("amount", "")
        screen.ask("总额度（元）：", partial(store, code, loaded, name), known, check=amount_fault)

    def store(code: str, loaded: Loaded[Grant | None], name: str, amount: str) -> None:
        def put(values: Row) -> Callable[..., Source]:
            return partial(funds.put, code=code, name=values["name"], granted_fen=funds.fen_of(values["amount"]))

        store_answers(screen, loaded, _as_row, _FIELDS, {"name": name, "amount": amount}, put, stored)

    def stored(source: Source) -> None:
        then(f"已登记{source.name}，总额度{yuan(source.granted_fen)}元。")

    def load(code: str) -> None:
        screen.read(versions.load, funds.granted, code, then=partial(ask_for_name, code), hold=True)

    screen.ask("资金来源的代码（如ZX2020）：", load, offered, check=given("代码"))


def _as_row(grant: Grant | None) -> Row:
    return {} if grant is None else {"name": grant.name, "amount": yuan(grant.granted_fen)}
