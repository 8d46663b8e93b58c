"""The settings of the office, one by one: what each is, what it does, and another value."""

from collections.abc import Iterable
from functools import partial

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office import versions
from pxtui.casework.office.settings import Settings
from pxtui.casework.office.versions import Loaded
from pxtui.casework.staff import changes
from screens.entry.effects import Row
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.list_page import OfficePage
from screens.office.setting_fields import SETTINGS, SettingField
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph


class SettingsPage(OfficePage[SettingField]):
    """Every setting with its value; Enter or F2 changes the one under the cursor."""

    name_in_keymap = "settings"
    columns = (ListColumn("设置", 14), ListColumn("现在", 32), ListColumn("办什么用", 0, spare=True))

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()

    def handlers(self) -> Handlers:
        """Change."""
        return {**super().handlers(), "change": self.do_change, "open_entry": self.do_change}

    def load(self) -> None:
        """Ask for the settings."""
        self.show_title("设置", "按Enter改光标所在的一项")
        self.read(office_settings.settings, then=self._show, hold=True)

    def _show(self, settings: Settings) -> None:
        self._settings = settings
        self.show_items(SETTINGS)

    def row(self, item: SettingField) -> tuple[str, ...]:
        """Name, value, use."""
        return item.name, item.in_words(self._settings), item.does

    def key_of(self, item: SettingField) -> str:
        """Its key."""
        return item.key

    def detail_of(self, item: SettingField) -> Iterable[Paragraph]:
        """What it is in full, and what it does."""
        return (f"{item.name}：{item.in_words(self._settings)}", item.does)

    def do_change(self) -> None:
        """Enter or F2."""
        self.with_here(self._ask)

    def _ask(self, setting: SettingField) -> None:
        self.read(versions.load, office_settings.settings, then=partial(self._change, setting), hold=True)

    def _change(self, setting: SettingField, loaded: Loaded[Settings]) -> None:
        def store(form: EntryForm, values: Row) -> None:
            def done(sentence: str) -> None:
                waits = sentence.startswith("已提出")
                now = f"{setting.name}现为{setting.in_words(setting.changed(self._settings, values[setting.key]))}。"
                form.done(sentence if waits else now)

            change = partial(changes.change_settings, **setting.wanted(values[setting.key]))
            form.write(change, then=done, hold=True)

        def as_row(settings: Settings) -> Row:
            return {setting.key: setting.keyed(settings)}

        title = f"设置：{setting.name}"
        self.ask_in_form(Entry.over(title, (setting.field,), store, loaded, as_row, (setting.does,)))

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return ("设置：对本台账的所有案件有效，改动记入台账，已出具的文书不变。岗位分设后只有管理员能改。",)
