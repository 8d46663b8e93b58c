"""The first page of a new register: office and name, or the practice register."""

from collections.abc import Callable, Iterable, Sequence

from pxtui.casework.staff import passwords
from screens.application.applicant_fields import NO, YES
from screens.entry.fields import Alphabet, Field, Values
from screens.entry.form_engine import FormEffect, Left
from screens.start.one_form import OneFormPage
from screens.start.sign_in import PASSWORD_HELP

Make = Callable[[str, str, bool, str, bool], Callable[[], None]]

_CHOICES = ((NO, "建立正式台账"), (YES, "打开演练台账（编造的案件，可随便试）"))
_SEVERAL = "several"
_USES = (
    (YES, "只有我一人用，要口令"),
    (NO, "只有我一人用，不要口令（每屏注明）"),
    (_SEVERAL, "几个人用，我当管理员，要口令"),
)


def _is_secured(values: Values) -> bool:
    return values.get("practice") != YES and values.get("secured") in (YES, _SEVERAL)


class Welcome(OneFormPage):
    """Asks what a new register needs."""

    name_in_keymap = "welcome"
    how_to_quit = "要退出，请按Esc。"

    def __init__(self, make: Make, offices: Sequence[tuple[str, str]]) -> None:
        """`make(office, name, practice, password, administers)` makes the register in a thread and gives back how to
        go on.

        `offices`: code and name of each.
        """
        super().__init__(tuple(_fields(offices)), {"practice": NO, "secured": YES})
        self._make = make

    def opened(self) -> None:
        """Say what is asked and why."""
        self.show_title("首次使用")
        self.prose.show(
            "台账存在本机，身份证号、电话和账号加密保存。密钥文件请另行备份，丢失无法恢复。",
            "第一次见到这个程序的，先按Esc退出，运行 pxtui tour：十分钟导览，不留痕迹。",
            "演练台账放在单独的文件夹，不影响正式台账；以后可用 pxtui demo 随时打开。",
        )

    def follow(self, effect: FormEffect) -> None:
        """Practice needs no more than its own field."""
        if isinstance(effect, Left) and effect.key == "practice" and effect.values["practice"] == YES:
            self.finish()
        else:
            super().follow(effect)

    def finish(self) -> None:
        """Make the register."""
        values = self.form.engine.current()
        practice = values["practice"] == YES
        if not practice and not values.get("office"):
            self.form.go_to("office")
            self.warn("请选择部门。")
        elif not practice and not values.get("name"):
            self.warn("请填写姓名。")
        else:
            password = values.get("password", "") if _is_secured(values) and not practice else ""
            if not practice and _is_secured(values) and password != values.get("again"):
                self.form.go_to("password")
                self.warn("两次输入的口令不一样，请重新输入。")
                return
            if not practice and _is_secured(values) and (sentence := passwords.fault(password, values["name"])):
                self.form.go_to("password")
                self.warn(sentence)
                return
            self.say("正在准备演练台账" if practice else "正在建立台账")
            self.work(
                lambda: self._make(
                    values.get("office", ""), values.get("name", ""), practice, password, values["secured"] == _SEVERAL
                ),
                lambda go_on: go_on(),
                hold=True,
            )

    def give_up(self) -> None:
        """End the program."""
        self.app.exit(0)


def _fields(offices: Sequence[tuple[str, str]]) -> Iterable[Field]:
    yield Field("practice", "用途", 36, Alphabet.CHOICE, required=True, choices=_CHOICES)
    yield Field("office", "部门", 20, Alphabet.CHOICE, choices=tuple(offices), help="演练台账不必选。")
    yield Field("name", "你的姓名", 16, help="记入办理记录和文书；演练台账不必填。")
    yield Field("secured", "怎样用", 36, Alphabet.CHOICE, choices=_USES, help="管理员以后在人员一页增加各岗位的人。")
    for key, label in (("password", "口令"), ("again", "再输一次")):
        yield Field(key, label, 40, applies=_is_secured, is_secret=True, help=PASSWORD_HELP)
