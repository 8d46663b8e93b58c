"""The backups: the last good one and its age, all of them, the drill, the keys; one more at once, behind the page."""

from collections.abc import Iterable

from pxtui.casework.keeping import backup_state
from pxtui.casework.keeping.backup_state import BackupState, ListedBackup
from screens.frame.screen import Handlers
from screens.office.list_page import OfficePage
from screens.terminal.theme import CAUTION, FAULT, GOOD, STRONG, TEXT
from screens.widgets.listing import ListColumn
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_TITLE = "备份"
_WORK = "backup"
"""Its name behind the screens."""
_FOLLOWED_EVERY = 0.5
"""Seconds."""
_STATE_HEIGHT = 7
_PROVEN = {True: "逐行核对无误", False: "有程序以外的改动", None: "老版本的，没有校验链"}
_FOR_OTHERS = "备份由管理员或负责人办理，这里只显示有没有。"


class BackupsPage(OfficePage[ListedBackup]):
    """How things stand above, the backups below, the newest first; Enter makes one."""

    name_in_keymap = "backups"
    columns = (
        ListColumn("备份时间", 16),
        ListColumn("大小", 9, right=True),
        ListColumn("案件", 6, right=True),
        ListColumn("核对", 0),
        ListColumn("私钥", 10),
    )
    detail_height = 2

    def __init__(self) -> None:
        super().__init__()
        self._state_pane = Prose()
        self._state_pane.styles.height = _STATE_HEIGHT
        self._was_at_work = False
        self._about = ""

    def handlers(self) -> Handlers:
        """Back up, look again."""
        return {**super().handlers(), "proceed": self.do_back_up, "refresh": self.do_refresh}

    def body(self) -> Iterable[Pane]:
        """How things stand, then the list and its detail."""
        return (self._state_pane, *super().body())

    def opened(self) -> None:
        """Show what there is, and how far one is that is being made."""
        super().opened()
        self.set_interval(_FOLLOWED_EVERY, self._follow)

    def load(self) -> None:
        """Ask for the backups."""
        self._follow(is_loading=True)
        self.read(backup_state.state, then=self._show, hold=True)

    def _show(self, state: BackupState) -> None:
        self._about = "" if state.may_look else _FOR_OTHERS
        self.nothing = "还没有备份，按Enter现在备份。" if state.may_look and state.key else self._about
        self._state_pane.show(*(_sentences(state) if state.may_look else _for_others(state)))
        self.show_items(state.listed)

    def _follow(self, *, is_loading: bool = False) -> None:
        """Tell how far a backup is; when it is done it stands in the list."""
        watch = self.counter.behind.watch_of(_WORK)
        far = "" if watch is None or not watch.total else f"，已核对{watch.done}/{watch.total}"
        self.show_title(_TITLE, "" if watch is None else f"正在备份{far}")
        was_at_work, self._was_at_work = self._was_at_work, watch is not None
        if was_at_work and watch is None and not is_loading:
            self.load()

    def row(self, item: ListedBackup) -> tuple[str, ...]:
        """When, how large, whether it was proven, which key opens it."""
        key = "现用的" if item.opens_with_key else "以前的"
        return item.made_at, item.size, f"{item.cases}", _PROVEN[item.is_proven], key

    def key_of(self, item: ListedBackup) -> str:
        """Its file."""
        return item.name

    def detail_of(self, item: ListedBackup) -> Iterable[Paragraph]:
        """Its file and what is in it."""
        yield f"文件{item.name}，经办记录{item.entries}条，程序{item.program}。"

    def do_back_up(self) -> None:
        """Enter."""
        if self.counter.behind.watch_of(_WORK) is not None:
            self.say("正在备份，做好了会说；可以接着办别的。")
            return
        counter = self.counter

        def failed(sentence: str) -> None:
            counter.say_next(f"备份没有做成：{sentence}")

        def done(sentence: str) -> None:
            if self.is_attached:
                self.load()
            counter.say_next(sentence)

        def begin(order: backup_state.Order) -> None:
            counter.behind.begin(_WORK, order, lambda made: done(backup_state.sentence_of(made)), failed)
            self._follow()
            self.say("正在备份，做好了会说；可以接着办别的。")

        # Asked in a transaction that writes: a refusal is kept in the journal.
        self.write(backup_state.order, then=begin, hold=True)

    def do_refresh(self) -> None:
        """F5."""
        self.load()
        self.say("已刷新。")

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "备份：每天自动做一次，加密，读回核对无误才列在这里；按Enter现在再做一次，做的时候可以接着办别的。"
            "岗位分设时由管理员或负责人看和做，其他人只看有没有。",
            "打开备份要凭备份私钥（U盘上的文件或打印件），指纹须与这里的一样；证号、电话、账号另要台账密钥的备份。"
            "写到U盘、恢复和演练，由管理员在本机用 pxtui backup、pxtui restore 办理。",
        )


def _sentences(state: BackupState) -> Iterable[Paragraph]:
    if state.last:
        yield f"最近一次成功的备份：{state.last}", GOOD if state.is_fresh else CAUTION
    else:
        yield "还没有成功的备份。", FAULT
    if not state.key:
        yield state.key_fault, CAUTION
        return
    yield "只有这把备份私钥打得开，指纹：", TEXT
    yield f"  {state.key}", STRONG
    if state.has_register_keys:
        yield "台账密钥：已另外备份。", TEXT
    else:
        yield "台账密钥没有备份：请管理员在本机运行 pxtui key backup --to 另一个U盘上的文件。", CAUTION
    how = "请管理员在本机运行 pxtui restore --key 私钥文件 --drill。"
    drilled = f"恢复演练：{state.drilled}通过" if state.drilled else "还没有做过恢复演练"
    yield (f"{drilled}；每月一次，{how}", CAUTION) if state.is_drill_due else (f"{drilled}。", TEXT)


def _for_others(state: BackupState) -> Iterable[Paragraph]:
    if state.is_fresh:
        yield "有一天以内做好的备份。", GOOD
    else:
        yield "没有一天以内做好的备份，请告诉管理员或负责人。", CAUTION
