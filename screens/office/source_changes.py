"""What an administrator proposes to strike of what others told, and keys to be entered: another person agrees."""

from collections.abc import Iterable

from pxtui.casework.exchange import source_changes
from pxtui.casework.exchange.source_changes import WaitingChange
from screens.entry.effects import Row
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import reason_field
from screens.office.list_page import OfficePage
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

_AWAITS = "等负责人同意；不要了的按Del撤销。"


class SourceChangesPage(OfficePage[WaitingChange]):
    """The changes that wait, the oldest first."""

    name_in_keymap = "source_changes"
    columns = (ListColumn("提出", 10), ListColumn("提出人", 10), ListColumn("更改", 0))
    detail_height = 10
    nothing = "没有等待同意的：删去以往培训、凭证、交换来源和登记公钥，岗位分设时先在这里等负责人同意。"

    def handlers(self) -> Handlers:
        """Agree, turn down."""
        return {**super().handlers(), "proceed": self.do_agree, "take_back": self.do_drop}

    def load(self) -> None:
        """Ask for what waits."""
        self.show_title("等待同意的更改", "以往培训、凭证、交换来源、公钥")
        self.read(source_changes.waiting, then=self.show_items, hold=True)

    def row(self, item: WaitingChange) -> tuple[str, ...]:
        """Who proposes what."""
        return f"{item.proposed_on}", item.proposed_by, item.what

    def key_of(self, item: WaitingChange) -> str:
        """The change."""
        return f"{item.id}"

    def detail_of(self, item: WaitingChange) -> Iterable[Paragraph]:
        """All of it, and who may agree."""
        yield item.sentence
        yield from item.told
        yield "查实后按Enter同意，不同意的按Del撤销。" if item.is_for_acting else _AWAITS

    def do_agree(self) -> None:
        """Enter."""
        self.with_here(self._agree)

    def _agree(self, here: WaitingChange) -> None:
        if not here.is_for_acting:
            self.warn(_AWAITS)
            return

        def done(sentence: str) -> None:
            self.load()
            self.say(sentence)

        def agree() -> None:
            self.write(source_changes.agree, here.id, then=done, hold=True)

        self.confirm(f"同意{here.what}", agree)

    def do_drop(self) -> None:
        """Del."""
        self.with_here(self._drop)

    def _drop(self, here: WaitingChange) -> None:
        def store(form: EntryForm, values: Row) -> None:
            def done(_: None) -> None:
                form.done("已撤销。")

            form.write(source_changes.drop, here.id, values["reason"], then=done, hold=True)

        self.ask_in_form(Entry("撤销等待同意的更改", (reason_field(),), store, {}, (here.sentence,)))

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "删去以往培训、已用凭证、交换来源，登记其他部门的公钥，都可能使已经拨付过的人员、凭证再次通过审查；"
            "岗位分设时由管理员提出，负责人查实后在这里同意。",
        )
