"""A small program on the frame alone, for the terminal tests: a form, a sheet, a list and a page of noise."""

import os
import random
import sys
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from screens.terminal.setup import prepare_environment, save_on_hangup

prepare_environment()

from rich.style import Style  # noqa: E402 - Textual reads the environment when it is imported
from textual import events  # noqa: E402
from textual.app import App  # noqa: E402
from textual.geometry import Offset  # noqa: E402

from pxtui.home import home  # noqa: E402
from screens.entry.effects import Effect, InputRefused, Row  # noqa: E402
from screens.entry.fields import Alphabet, Field  # noqa: E402
from screens.entry.form_engine import FormEffect  # noqa: E402
from screens.frame.app import Counter, Standing  # noqa: E402
from screens.frame.screen import Handlers, StepScreen  # noqa: E402
from screens.widgets.form import Form  # noqa: E402
from screens.widgets.listing import ListColumn, Listing  # noqa: E402
from screens.widgets.pane import Pane, Piece  # noqa: E402
from screens.widgets.prose import Prose  # noqa: E402
from screens.widgets.sheet import SheetPane  # noqa: E402

NAMES = ("李四", "王五", "阿木约布", "买买提·艾力", "𠮷田", "e\u0301tienne")
ROSTER = (
    Field("name", "姓名", 12),
    Field("sex", "性别", 4, derived=lambda row: "男" if row.get("id_number", "")[16:17] in "13579" else "女"),
    Field("id_number", "身份证号", 18, Alphabet.ID_NUMBER, length=18),
    Field("phone", "联系电话", 11, Alphabet.DIGITS, length=11),
    Field("remark", "备注", 10, on_path=False),
)
RECORD = (
    Field("name", "单位名称", 40, required=True),
    Field("size", "规模", 20, derived=lambda values: "微型" if values.get("name") else ""),
    Field("kind", "类别", 10, Alphabet.CHOICE, choices=(("farmer", "农民工"), ("worker", "职工"))),
    Field("day", "开班日期", 10, Alphabet.DATE, base_day=date(2020, 3, 16)),
    Field("hours", "学时", 4, Alphabet.DIGITS),
    *(Field(f"more{number}", f"其他{number}", 20) for number in range(20)),
)


class Demo(Counter):
    """The demo; the first argument names its screen."""

    def __init__(self, which: str, count: int) -> None:
        super().__init__(home())
        self.standing = Standing("东区人社局", "张三", "受理员", date(2020, 3, 16), False)
        self._which = which
        self._count = count

    def on_mount(self) -> None:
        """Show the screen; what is typed is written down when the line drops."""
        screen = SCREENS[self._which](self._count)
        save_on_hangup(lambda: _write_down(screen))
        self.push_screen(screen)


class Stock(Demo):
    """The demo as Textual would send it."""

    _display = App._display


class SheetScreen(StepScreen):
    """A sheet of as many rows as asked for."""

    name_in_keymap = "roster"
    step = 2

    def __init__(self, count: int) -> None:
        super().__init__()
        self.sheet = SheetPane(ROSTER, self.follow, verdicts=True)
        self.sheet.engine.load(_person(number) for number in range(count))
        self.sheet.engine.press("ctrl+end")

    def handlers(self) -> Handlers:
        """The keys that the tests press."""
        return {
            **super().handlers(),
            "ditto": partial(self._press_in_sheet, "f4"),
            "edit": partial(self._press_in_sheet, "f2"),
            "undo": partial(self._press_in_sheet, "f8"),
            "import": self.do_import,
            "reveal": lambda: self.say("正在录入，号码没有隐去。"),
        }

    def _press_in_sheet(self, key: str) -> None:
        self.sheet.press(key)

    @property
    def pane(self) -> Pane:
        """The sheet."""
        return self.sheet

    def opened(self) -> None:
        """Name it."""
        self.show_case("线培〔2020〕DQ-0017")
        self.show_title("参训人员花名册", f"{len(self.sheet.engine.rows)}人")

    def follow(self, effect: Effect) -> None:
        """Say what was not taken."""
        if isinstance(effect, InputRefused):
            self.warn(effect.sentence)

    def pasted(self, text: str) -> None:
        """Tell how much came, and its end."""
        lines = text.strip("\n").split("\n")
        self.say(f"粘贴{len(lines)}行，末行{lines[-1]}")

    def do_import(self) -> None:
        """F6."""
        self.ask("花名册文件：", self.say)


class FormScreen(StepScreen):
    """A form that is longer than the screen."""

    name_in_keymap = "intake"
    step = 1

    def __init__(self, _count: int) -> None:
        super().__init__()
        self.form = Form(RECORD, {}, self.follow)

    def handlers(self) -> Handlers:
        """The keys that the tests press."""
        return {**super().handlers(), "check": self.do_check}

    @property
    def pane(self) -> Pane:
        """The form."""
        return self.form

    def follow(self, effect: FormEffect) -> None:
        """Say what was not taken."""
        if isinstance(effect, InputRefused):
            self.warn(effect.sentence)

    def do_check(self) -> None:
        """F5: tell what stands there."""
        self.say(repr({key: text for key, text in self.form.engine.current().items() if text}))


class ListScreen(StepScreen):
    """A list; Enter goes on to a text."""

    name_in_keymap = "desk"

    def __init__(self, count: int) -> None:
        super().__init__()
        self.listing = Listing((ListColumn("编号", 12), ListColumn("单位", 0), ListColumn("人数", 6, right=True)))
        self._count = count

    def handlers(self) -> Handlers:
        """The keys that the tests press."""
        return {**super().handlers(), "new": self.do_new, "open": self.do_open}

    @property
    def pane(self) -> Pane:
        """The list."""
        return self.listing

    def opened(self) -> None:
        """Fill it."""
        self.listing.show([(f"DQ-{n:04}", f"[/]恒力\x1b[31m机械{n}", str(n)) for n in range(self._count)])

    def do_new(self) -> None:
        """Ins: a fault of the program, with a person's number at hand."""
        number = "510402198001010018"
        raise RuntimeError(number)

    def do_open(self) -> None:
        """Enter: a long text."""
        self.app.push_screen(TextScreen(0))


class TextScreen(StepScreen):
    """A text that is longer than the screen."""

    name_in_keymap = "help"

    def __init__(self, _count: int) -> None:
        super().__init__()
        self.prose = Prose()

    @property
    def pane(self) -> Pane:
        """The text."""
        return self.prose

    def opened(self) -> None:
        """Fill it."""
        self.prose.show(*(f"第{n}段：{'通知规定，' * n}" for n in range(1, 30)))


class NoiseScreen(StepScreen):
    """Each key draws some lines anew at random: wide and narrow, combining marks, styles, all overlapping."""

    name_in_keymap = "noise"

    def __init__(self, _count: int) -> None:
        super().__init__()
        self.noise = Noise()

    @property
    def pane(self) -> Pane:
        """The noise."""
        return self.noise


class KeysScreen(StepScreen):
    """Tells by their names the keys that came before a full stop, and what was pasted."""

    name_in_keymap = "keys"

    def __init__(self, _count: int) -> None:
        super().__init__()
        self._nothing = Prose()
        self._keys: list[str] = []

    @property
    def pane(self) -> Pane:
        """Nothing."""
        return self._nothing

    def take(self, event: events.Key | events.Paste) -> None:
        """Note a key; none has an effect."""
        if isinstance(event, events.Paste):
            self._keys.append(f"<{event.text!r}>")
        elif event.character == "。":
            self.say(f"{' '.join(self._keys)}。")
            self._keys.clear()
        else:
            self._keys.append(event.character if event.is_printable and event.character else event.key)


class Noise(Pane):
    """Lines that depend on how often a key was pressed."""

    _MARKS = ("张", "𠮷", "a", "1", " ", "  ", "·", "e\u0301", "，", "ｘ", "  李", "\u3000")
    _STYLES = (Style(), Style(bold=True), Style(reverse=True), Style(color="red"), Style(color="black", bgcolor="cyan"))

    def __init__(self) -> None:
        super().__init__()
        self._turn = 0

    def type(self, text: str) -> bool:
        """The next turn: one line, some lines or all."""
        self._turn += 1
        chance = random.Random(self._turn)
        if chance.random() < 0.2:
            self.refresh()
        else:
            self.repaint(*chance.sample(range(self.size.height), 3))
        return True

    def pieces(self, y: int) -> Iterable[Piece]:
        """A line."""
        chance = random.Random(self._turn * 1000 + y)
        for _ in range(chance.randrange(8)):
            yield "".join(chance.choices(self._MARKS, k=chance.randrange(1, 12))), chance.choice(self._STYLES)

    def cursor(self) -> Offset:
        """Somewhere."""
        return Offset(self._turn % 40, self._turn % 7)

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew."""
        self.refresh()


class Moves(Noise):
    """Each key moves a window over many lines of noise, and the line that is marked in it."""

    def __init__(self) -> None:
        super().__init__()
        self._first = 0

    def type(self, text: str) -> bool:
        """Further up or down."""
        self._turn += 1
        self._first += random.Random(self._turn).choice((-9, -2, -1, 0, 1, 1, 1, 2, 9))
        self.refresh()
        return True

    def pieces(self, y: int) -> Iterable[Piece]:
        """A line of those in the window."""
        chance = random.Random(1000 + self._first + y)
        if y == self._turn % 7:
            yield "    here ", self._STYLES[2]
        for _ in range(chance.randrange(8)):
            yield "".join(chance.choices(self._MARKS, k=chance.randrange(1, 12))), chance.choice(self._STYLES)


class MovesScreen(NoiseScreen):
    """Noise that moves."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.noise = Moves()


SCREENS = {
    "sheet": SheetScreen,
    "form": FormScreen,
    "list": ListScreen,
    "noise": NoiseScreen,
    "moves": MovesScreen,
    "keys": KeysScreen,
}


def _person(number: int) -> Row:
    return {
        "name": NAMES[number % len(NAMES)],
        "id_number": f"5104021980{number % 10000:04}0018",
        "phone": "13800000001",
    }


def _write_down(screen: StepScreen) -> None:
    if isinstance(screen, SheetScreen):
        Path(os.environ["DEMO_DRAFT"]).write_text(repr(screen.sheet.engine.draft()), encoding="utf-8")


if __name__ == "__main__":
    app = (Stock if "--stock" in sys.argv else Demo)(sys.argv[1], int(sys.argv[2]))
    app.run(mouse=False)
    sys.exit(app.return_code or 0)
