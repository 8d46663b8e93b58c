"""What an administrator proposes of staff, substitution and settings: another person confirms it."""

from collections.abc import Iterable

from pxtui.casework.staff import changes
from pxtui.casework.staff.changes import Waiting
from screens.entry.effects import Row
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import reason_field
from screens.office.list_page import OfficePage
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph


class StaffChangesPage(OfficePage[Waiting]):
    """The changes that wait, the oldest first."""

    name_in_keymap = "staff_changes"
    detail_height = 6
    columns = (ListColumn("提出", 10), ListColumn("提出人", 10), ListColumn("改动", 0))
    nothing = "没有等待确认的：岗位分设时，人员、岗位、代理、登录和分设本身的改动先在这里等另一人确认。"

    def handlers(self) -> Handlers:
        """Confirm, turn down."""
        return {**super().handlers(), "proceed": self.do_confirm, "take_back": self.do_drop}

    def load(self) -> None:
        """Ask for what waits."""
        self.show_title("等待确认的改动", "人员、岗位、代理、设置")
        self.read(changes.waiting, then=self.show_items, hold=True)

    def row(self, item: Waiting) -> tuple[str, ...]:
        """Who proposes what."""
        return f"{item.proposed_on}", item.proposed_by, item.what

    def key_of(self, item: Waiting) -> str:
        """The change."""
        return f"{item.id}"

    def detail_of(self, item: Waiting) -> Iterable[Paragraph]:
        """All of it, and who may confirm."""
        yield item.sentence
        yield (f"与本人核对{item.to_check}后按Enter确认，不同意的按Del撤销。" if item.is_for_acting else _awaits(item))

    def do_confirm(self) -> None:
        """Enter."""
        self.with_here(self._confirm)

    def _confirm(self, here: Waiting) -> None:
        if not here.is_for_acting:
            self.warn(_awaits(here))
            return

        def done(sentence: str) -> None:
            self.load()
            self.say(sentence)

        self.confirm(f"确认{here.what}", lambda: self.write(changes.confirm, here.id, then=done, hold=True))

    def do_drop(self) -> None:
        """Del."""
        self.with_here(self._drop)

    def _drop(self, here: Waiting) -> None:
        def store(form: EntryForm, values: Row) -> None:
            def done(_: None) -> None:
                form.done("已撤销。")

            form.write(changes.drop, here.id, values["reason"], then=done, hold=True)

        self.ask_in_form(Entry("撤销等待确认的改动", (reason_field(),), store, {}, (here.sentence,)))

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "谁能多出一个“第二人”，谁就能一人办完全程；所以岗位分设时人员、岗位、代理和分设本身的改动由管理员提出，"
            "另一名管理员或负责人核对后在这里确认。",
        )


def _awaits(item: Waiting) -> str:
    """Whom a change waits for that the acting person may not confirm, in Chinese."""
    return f"等提出人和本人以外的一名{item.awaited}确认；不要了的按Del撤销。"
