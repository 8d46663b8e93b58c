"""The frame that every screen has: who and when, the case, the step rail, the work, one message line, one key bar."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from textual.reactive import Reactive

from screens.entry.effects import InputRefused
from screens.entry.line import TextLine
from screens.frame.command import CommandId
from screens.frame.keymap import command_for, is_quit, key_bar
from screens.frame.prompt import Prompt, PromptAnswered
from screens.frame.rail import rail
from screens.frame.register_screen import RegisterScreen
from screens.terminal.keyboard import typed_character
from screens.terminal.plain import plain
from screens.terminal.theme import BAR, CAUTION, FAULT, GUIDE, HERE, KEYS, LABEL, STRONG, TEXT
from screens.widgets.message import MessageLine
from screens.widgets.pane import LinePane, Pane

Handlers = dict[CommandId, Callable[[], None]]

_SPLASH_AND_DESK = 2
_WEEKDAYS = "一二三四五六日"


class StepScreen(RegisterScreen, inherit_bindings=False):
    """A screen. Keys go to its commands first, then to the pane that has the work; nothing takes the focus."""

    # A change of focus must not repaint the screen.
    focused = Reactive(None, repaint=False)
    AUTO_FOCUS = ""

    name_in_keymap = ""
    step = 0
    """Its place in the step rail, from 1; 0: none."""
    how_to_quit = "要退出，请先按Esc返回柜台，再按Ctrl+Q。"
    """Said where somebody wants to end the program and this screen does not."""

    def __init__(self) -> None:
        super().__init__()
        self._standing_line = LinePane(BAR)
        self._case_line = LinePane(STRONG)
        self._rail_line = LinePane(LABEL)
        self._title_line = LinePane(TEXT)
        self._message_line = MessageLine(TEXT)
        self._key_line = LinePane(KEYS)
        self._guide_lines: tuple[LinePane, ...] = ()
        self._prompt: Prompt | None = None
        self._handlers = self.handlers()
        self._is_laid_out = False

    def handlers(self) -> Handlers:
        """The method for each command that the keymap has for this screen; called before the screen is made."""
        return {"help": self.do_help, "back": self.do_back, "redraw": self.do_redraw}

    @property
    def pane(self) -> Pane:
        """The pane that has the work."""
        raise NotImplementedError

    def body(self) -> Iterable[Pane]:
        """The panes between title and message line."""
        return (self.pane,)

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        yield self._standing_line
        yield self._case_line
        yield self._rail_line
        yield self._title_line
        with Vertical(id="body"):
            yield from self.body()
        yield self._message_line
        yield self._key_line

    def on_mount(self) -> None:
        """Fill the frame, then let the screen fill itself."""
        self._show_standing()
        self._show_rail()
        self.show_keys()
        self.opened()
        self.place_cursor()

    def opened(self) -> None:
        """The screen stands: it asks for what it shows."""

    def draft(self) -> dict[str, Any] | None:
        """What is typed and not stored; None: nothing."""
        return None

    @property
    def names_nobody(self) -> bool:
        """Whether it locks: whoever passes by reads in its head, and in that of its help, neither name nor office."""
        return False

    @property
    def asks(self) -> bool:
        """Whether a question stands on the message line."""
        return self._prompt is not None

    @property
    def is_ready(self) -> bool:
        """Whether keys mean something now: what a digit picks and how far a page goes depends on the room there is."""
        return self._is_laid_out and super().is_ready

    # What a screen shows.

    def show_case(self, left: str, right: str = "") -> None:
        """The line of the case."""
        self._case_line.show(f" {left}", right=f" {right} ")

    def show_step(self, step: int) -> None:
        """Another place in the step rail."""
        self.step = step
        self._show_rail()

    def show_title(self, left: str, right: str = "") -> None:
        """The line above the work."""
        if self._is_quiet:
            return
        self._title_line.show((f" {left}", STRONG), right=f"{right} ")

    def say(self, text: str) -> None:
        """Tell something on the message line."""
        if self._prompt is None:
            self._message_line.tell(text, TEXT)

    def show_away(self) -> None:
        """The message line says that the database is away as long as it says nothing else."""
        self._message_line.stand(self.counter.away.sentence, at_once=self._prompt is None)

    def warn(self, text: str) -> None:
        """Tell what is wrong and what to do, with the bell."""
        self._prompt = None
        self._message_line.tell(text, FAULT)
        self.app.bell()

    def refuse(self, effect: InputRefused) -> None:
        """Tell why a key was not taken."""
        if effect.rings:
            self.warn(effect.sentence)
        else:
            self.say(effect.sentence)

    def show_guide(self, sees: str, press: str) -> None:
        """Two lines above the message line: what is seen, and what is pressed next; of a guided tour."""
        if not self._guide_lines:
            self._guide_lines = (LinePane(GUIDE), LinePane(GUIDE))
            self.mount(*self._guide_lines, before=self._message_line)
        for line, text in zip(self._guide_lines, (sees, press), strict=True):
            line.show(f" {text}")

    def show_keys(self) -> None:
        """The key bar, cut at a whole entry where the terminal is narrow; the way out always stays."""
        *entries, way_out = key_bar(self.name_in_keymap, self.labels()).split(" ")
        while entries and cell_len(" ".join(["", *entries, way_out])) > self.app.size.width:
            entries.pop()
        self._key_line.show(" ".join(["", *entries, way_out]))

    def labels(self) -> Mapping[CommandId, str]:
        """Labels in the key bar that depend on what the screen shows; empty for a key that does nothing now."""
        return {}

    def ask(
        self,
        label: str,
        then: Callable[[str], None],
        offered: str = "",
        *,
        begun: str = "",
        check: Callable[[str], str] | None = None,
        choices: tuple[str, ...] = (),
    ) -> None:
        """Ask for one line of text on the message line; Enter answers, Esc leaves it.

        Args:
            label: the question.
            then: hears the answer.
            offered: an answer that what is typed replaces.
            begun: what of the answer is typed already.
            check: says what is wrong with an answer; it is then asked for again.
            choices: answers that ↑ and ↓ go through, the first of them offered; F1 lists them.
        """
        offered = offered or next(iter(choices), "")
        self._prompt = Prompt(label, then, TextLine.at_end(offered or begun), bool(offered), check, choices=choices)
        self._show_prompt()

    def ask_password(self, sentence: str, then: Callable[[str], None], left: Callable[[], None]) -> None:
        """Ask for the password of whoever sits here; `left` hears of an Esc."""
        label = f"{sentence.rstrip('。')}："
        self._prompt = Prompt(label, then, TextLine(), is_secret=True, left=left)
        self._show_prompt()

    def confirm(self, what: str, then: Callable[[], None]) -> None:
        """Ask once more; nothing but Enter alone is a yes."""
        self._prompt = Prompt(f"{what}：Enter确认，Esc不办。", lambda _: then(), TextLine(), is_yes_or_no=True)
        self._show_prompt()

    # Keys.

    def take(self, event: events.Key | events.Paste) -> None:
        """Take a key or a paste, in the order in which they were typed."""
        self.is_opening = False
        if isinstance(event, events.Paste):
            self._take_paste(event.text)
        else:
            self._take_key(event)
        self.place_cursor()

    def _take_key(self, event: events.Key) -> None:
        """A key: for the question asked, for a command, or for the pane."""
        if event.key == "replacement_character":
            self.warn("终端编码不是UTF-8，请把终端的字符集设为UTF-8后再输入。")
        elif self._prompt is not None:
            self._press_in_prompt(event)
        else:
            self._press(event)
            self.after_key()

    def _press(self, event: events.Key) -> None:
        command = command_for(self.name_in_keymap, event.key)
        is_passed_over = command is None and self.pane.passes_over(event.key)
        # What was said of the row that was left stays.
        if not is_passed_over and (command is None or command.id != "help"):
            self._message_line.clear_word()
        if command is not None and command.id == "back" and (sentence := self.pane.restore()):
            self.say(sentence)
        elif command is not None:
            self._handlers[command.id]()
        elif is_quit(event.key):
            self.wants_to_quit()
        elif self.before_key(event.key, typed_character(event)):
            pass
        elif character := typed_character(event):
            if not self.pane.type(character):
                self.typed(character)
        elif not self.pane.press(event.key):
            self.pressed(event.key)

    def wants_to_quit(self) -> None:
        """Somebody wants to end the program where another page lies below."""
        self.say(self.how_to_quit)

    def before_key(self, key: str, character: str) -> bool:
        """A key that means something other than typing just now; whether it did."""
        return False

    def after_key(self) -> None:
        """A key was taken: what depends on the cursor follows it."""

    def typed(self, character: str) -> None:
        """A character that the pane has no use for."""

    def pressed(self, key: str) -> None:
        """A key that the pane has no use for."""

    def _take_paste(self, pasted: str) -> None:
        """Pasted text: several lines or columns are a table and never typed away."""
        text = pasted.replace("\r\n", "\n").replace("\r", "\n")
        if self._prompt is not None:
            self._follow_prompt(self._prompt.typed(text.replace("\n", " ").strip()))
        elif "\t" in text or "\n" in text.strip("\n"):
            self.pasted(text)
        elif not self.before_key("", text.strip("\n")):
            self.pane.type(text.strip("\n"))

    def pasted(self, text: str) -> None:
        """A pasted table came."""
        self.warn("这里不能粘贴多行表格，请到花名册粘贴，或用F6导入文件。")

    def on_resize(self, event: events.Resize) -> None:
        """The key bar fits the new width."""
        self.show_keys()
        self.call_after_refresh(self.place_cursor)

    def on_screen_resume(self) -> None:
        """The screen is on top; the first time, or again: who acts may have another role by now."""
        self._show_standing()
        self.show_away()
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        """Every pane has its room by now: the keys that were typed before may come."""
        self._is_laid_out = True
        self.place_cursor()
        self.counter.take_keys()

    def came_back(self) -> None:
        """Another screen has gone: what is shown may have changed."""

    def place_cursor(self) -> None:
        """Put the terminal's cursor where the next character will stand: an input method opens there."""
        # Textual counts a screen below as current where the one above has the terminal's own background.
        if self.app.screen is not self:
            return
        place = self._cursor_place()
        if place is not None and place != self.app.cursor_position:
            self.app.cursor_position = place
            # The cursor is sent with what is drawn, and a cursor that moved has changed nothing else.
            self._message_line.refresh()

    def _cursor_place(self) -> Offset | None:
        if self._prompt is not None:
            label = self._prompt.shown_label
            x = cell_len(f" {plain(label)}") + self._prompt.drawn.visible(self._prompt_room(label))[1]
            return Offset(x, self._message_line.region.y)
        within = self.pane.cursor()
        return None if within is None else self.pane.content_region.offset + within

    # Commands that every screen has.

    def do_help(self) -> None:
        """F1."""
        begun = self._message_line.cut
        choices = () if self._prompt is None else self._prompt.choices
        blocks = ((begun,), (self.counter.away.reason,), ("可选：", *choices) if choices else ())
        told = (text for block in blocks if any(block) for text in (*block, ""))
        texts = (*told, *self.pane.field_texts(), *self.help_texts())
        self.counter.open("help", self.name_in_keymap, texts)

    def do_redraw(self) -> None:
        """Ctrl+L: a message from elsewhere or a bad line has spoilt the screen."""
        self.counter.forget_screen()
        self.refresh(layout=True)

    def help_texts(self) -> tuple[str, ...]:
        """What F1 tells above the keys."""
        return ()

    def do_back(self) -> None:
        """Esc."""
        self.leave()

    def leave(self) -> None:
        """Go back to the screen below."""
        if len(self.app.screen_stack) > _SPLASH_AND_DESK:
            self.app.pop_screen()
            below = self.app.screen
            if isinstance(below, StepScreen):
                # At once and not with Textual's message: the next key must meet what is stored now.
                below.came_back()

    def _press_in_prompt(self, event: events.Key) -> None:
        assert self._prompt is not None
        character = typed_character(event)
        if event.key == "f1":
            self.do_help()
        else:
            self._follow_prompt(self._prompt.typed(character) if character else self._prompt.pressed(event.key))

    def _follow_prompt(self, changed: tuple[Prompt, PromptAnswered]) -> None:
        prompt, answered = changed
        if answered is PromptAnswered.NOT_YET:
            self._prompt = prompt
            self._show_prompt()
            return
        self._prompt = None
        self._message_line.clear_word()
        if answered is PromptAnswered.WITH_TEXT:
            prompt.then(prompt.answer)
        elif prompt.is_yes_or_no or prompt.is_secret:
            prompt.left()
            self.say("没有办理。")

    def _prompt_room(self, label: str) -> int:
        return max(10, self.app.size.width - cell_len(plain(label)) - 2)

    def _show_prompt(self) -> None:
        assert self._prompt is not None
        label = self._prompt.shown_label
        shown, _ = self._prompt.drawn.visible(self._prompt_room(label))
        self._message_line.show((f" {label}", FAULT if self._prompt.fault else CAUTION), (shown, HERE))

    def _show_standing(self) -> None:
        standing = self.counter.standing
        if any(isinstance(screen, StepScreen) and screen.names_nobody for screen in self.app.screen_stack):
            self._standing_line.show(" 培训补贴柜台", right="已锁定 ")
            return
        if standing is None:
            self._standing_line.show(" 培训补贴柜台")
            return
        mark = "演练" if standing.practice else standing.mark
        day = f"{standing.today} 周{_WEEKDAYS[standing.today.weekday()]}{f' {mark}' if mark else ''}"
        self._standing_line.show(f" 培训补贴柜台  {standing.office}", right=f"{standing.clerk} {standing.role}  {day} ")

    def _show_rail(self) -> None:
        self._rail_line.show(*rail(self.step))
