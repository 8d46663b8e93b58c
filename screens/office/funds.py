"""The sources of money: what was granted to each, what went out, what is left."""

from collections.abc import Iterable
from functools import partial

from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded
from pxtui.casework.payment import funds
from pxtui.casework.payment.funds import Grant, Source
from pxtui.identifiers.text import canonical_code
from pxtui.policy.subsidy import yuan
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import amount_field
from screens.office.list_page import OfficePage
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

_MONEY = 12
_NAME = Field("name", "名称", 40, required=True, help="如职业技能提升行动专项资金。")


class FundsPage(OfficePage[Source]):
    """Each source with its sums; Ins enters one, Enter adds to its grant, F2 puts name or grant right."""

    name_in_keymap = "funds"
    columns = (
        ListColumn("代码", 10),
        ListColumn("名称", 0),
        ListColumn("总额度（元）", _MONEY, right=True),
        ListColumn("在途", _MONEY, right=True, spare=True),
        ListColumn("已拨付", _MONEY, right=True),
        ListColumn("已追回", _MONEY, right=True, spare=True),
        ListColumn("余额", _MONEY, right=True),
    )
    nothing = "还没有登记资金来源，按Ins登记。"

    def handlers(self) -> Handlers:
        """Add, increase, change."""
        return {
            **super().handlers(),
            "add": self.do_add,
            "increase": self.do_increase,
            "change": self.do_change,
        }

    def load(self) -> None:
        """Ask for the sources."""
        self.show_title("资金来源")
        self.read(funds.funds, then=self._show, hold=True)

    def _show(self, sources: tuple[Source, ...]) -> None:
        if sources:
            self.show_title("资金来源", f"余额共{yuan(sum(source.balance_fen for source in sources))}元")
        self.show_items(sources)

    def row(self, item: Source) -> tuple[str, ...]:
        """Code, name, sums."""
        sums = (item.granted_fen, item.on_its_way_fen, item.paid_fen, item.recovered_fen, item.balance_fen)
        return item.code, item.name, *map(yuan, sums)

    def key_of(self, item: Source) -> str:
        """Its code."""
        return item.code

    def detail_of(self, item: Source) -> Iterable[Paragraph]:
        """All of its sums."""
        return (
            f"{item.code} {item.name}",
            f"总额度{yuan(item.granted_fen)}元，在途{yuan(item.on_its_way_fen)}元，已拨付{yuan(item.paid_fen)}元，"
            f"已追回{yuan(item.recovered_fen)}元，余额{yuan(item.balance_fen)}元。",
            "Enter增加额度，F2更正名称或总额度。",
        )

    def do_add(self) -> None:
        """Ins."""

        def store(form: EntryForm, values: Row) -> None:
            self.sought = canonical_code(values["code"])
            act = partial(funds.add, name=values["name"], granted_fen=funds.fen_of(values["amount"]))
            form.write(act, values["code"], then=partial(self._done, form, "已登记"), hold=True)

        code = Field("code", "代码", 16, Alphabet.CODE, required=True, help="字母和数字，如ZX2020。")
        fields = (code, _NAME, amount_field("amount", "总额度（元）", "下达的金额，如600000或600000.00。"))
        self.ask_in_form(Entry("登记资金来源", fields, store))

    def do_increase(self) -> None:
        """Enter."""
        self.with_here(self._increase)

    def _increase(self, here: Source) -> None:
        def store(form: EntryForm, values: Row) -> None:
            fen = funds.fen_of(values["amount"])
            form.write(funds.increase, here.code, fen, then=partial(self._done, form, "已增加"), hold=True)

        field = amount_field("amount", "增加额度（元）", "这一次下达的金额，加到总额度上。")
        self.ask_in_form(Entry(f"{here.name}：增加额度", (field,), store, {}, tuple(self.detail_of(here))[:2]))

    def do_change(self) -> None:
        """F2."""
        self.with_here(self._ask)

    def _ask(self, here: Source) -> None:
        self.read(versions.load, funds.granted, here.code, then=partial(self._change, here), hold=True)

    def _change(self, here: Source, loaded: Loaded[Grant | None]) -> None:
        def store(form: EntryForm, values: Row) -> None:
            act = partial(funds.put, name=values["name"], granted_fen=funds.fen_of(values["amount"]))
            form.write(act, here.code, then=partial(self._done, form, "已更正"), hold=True)

        fields = (_NAME, amount_field("amount", "总额度（元）", "不能少于已用和在途的金额。"))
        about = tuple(self.detail_of(here))[:2]
        self.ask_in_form(Entry.over(f"更正资金来源{here.code}", fields, store, loaded, _as_row, about))

    def _done(self, form: EntryForm, what: str, source: Source) -> None:
        form.done(f"{what}：{source.name}总额度{yuan(source.granted_fen)}元，余额{yuan(source.balance_fen)}元。")

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "资金来源：总额度是下达的金额；在途是列入批次还没有银行回单的；余额＝总额度－在途－已拨付＋已追回。",
            "从哪个来源支付，在拨付一屏编制批次时选定。",
        )


def _as_row(grant: Grant | None) -> Row:
    return {} if grant is None else {"name": grant.name, "amount": yuan(grant.granted_fen)}
