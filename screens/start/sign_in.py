"""The page that asks for a password: to sign in, to go on after a while, to set another one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pxtui.casework.staff import passwords
from screens.entry.fields import Field
from screens.frame.command import CommandId
from screens.start.one_form import OneFormPage

PASSWORD_HELP = f"至少{passwords.LEAST_LENGTH}位，有大写字母、小写字母、数字、其他字符中的三种；输入的不显示。"
_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Keyed:
    """What was keyed; empty where it was not asked for."""

    name: str
    password: str
    new: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and what becomes of it."""

    title: str
    about: Sequence[str]
    try_it: Callable[[Keyed], Callable[[], None]]
    """Called in a thread; what it gives back goes on on the screen's. What it refuses is said, and asked for again."""
    leave: Callable[[], None]
    """Esc, Ctrl+Q and F12."""
    name: str | None = None
    """Known already; None: it is keyed."""
    wants_password: bool = True
    wants_new: bool = False
    ends_the_program: bool = True
    """Leaving does; else another page lies below."""
    is_lock: bool = False
    """The page hides what lies below, and its head names nobody."""


class SignIn(OneFormPage):
    """Name and passwords; nothing that is keyed is shown, kept as a draft or written down."""

    name_in_keymap = "sign_in"

    def __init__(self, asked: Asked) -> None:
        super().__init__(tuple(_fields(asked)), {})
        self._asked = asked

    def labels(self) -> Mapping[CommandId, str]:
        """Where Esc leads to."""
        return {"back": "退出"} if self._asked.ends_the_program else {}

    def opened(self) -> None:
        """Say what is asked."""
        self.show_title(self._asked.title, "" if self._asked.is_lock else self._asked.name or "")
        self.prose.show("", *self._asked.about)

    def finish(self) -> None:
        """Try what was keyed."""
        values = self.form.engine.current()
        name = self._asked.name or values.get("name", "")
        keyed = Keyed(name, values.get("password", ""), values.get("new", ""))
        missing = [field for field in self.form.engine.fields if field.required and not values.get(field.key)]
        self._empty()
        if missing:
            self.form.go_to(missing[0].key)
            self.warn(f"请填写{missing[0].label}。")
        elif keyed.new != values.get("again", ""):
            self.warn("两次输入的口令不一样，请重新输入。")
        else:
            self.say("正在核对")
            self.try_password(lambda: self._asked.try_it(keyed), lambda go_on: go_on())

    def _empty(self) -> None:
        """What was keyed is forgotten, whatever comes of it."""
        secret = [field.key for field in self.form.engine.fields if field.is_secret]
        if secret:
            self.form.go_to(secret[0])
        self.form.put(dict.fromkeys(secret, ""))

    def give_up(self) -> None:
        """Esc, Ctrl+Q and F12."""
        self._asked.leave()

    @property
    def names_nobody(self) -> bool:
        """The page that locks."""
        return self._asked.is_lock

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "输入姓名和口令登录，口令不显示。连续5次不对，锁定15分钟；忘记的请管理员重设。",
            f"口令{PASSWORD_HELP}",
        )


def _fields(asked: Asked) -> Iterable[Field]:
    if asked.name is None:
        yield Field("name", "姓名", 16, required=True, help="您的姓名，与人员一页里的一样。")
    if asked.wants_password:
        label = "原口令" if asked.wants_new else "口令"
        yield Field("password", label, _WIDTH, required=True, is_secret=True, help="输入后按Enter；输入的不显示。")
    if asked.wants_new:
        yield Field("new", "新口令", _WIDTH, required=True, is_secret=True, help=PASSWORD_HELP)
        yield Field("again", "再输一次", _WIDTH, required=True, is_secret=True, help="与上一栏一样。")
    if not asked.wants_password and not asked.wants_new:
        yield Field("on", "继续", 1, help="按Enter继续。")
