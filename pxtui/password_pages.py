"""The pages that ask for passwords, over the register: what each asks for and what becomes of what is keyed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members, sign_in
from screens.start.sign_in import Asked, Keyed

GoOn = Callable[[], None]

_FORGOTTEN = "连续5次不对，锁定15分钟。忘记口令的，请管理员在人员一页重设初始口令。"
_HOW = "口令只有自己知道：不写在纸上，不告诉别人；办理记录和文书上写的是登录的人。"


def beginning(password: str, *, administers: bool = False) -> Callable[[Context], None]:
    """What whoever makes a register does at once: become its administrator, set the password, or do without."""

    def begin(context: Context) -> None:
        if administers:
            # Before the password: whoever has one gives it again for this.
            members.assign(context, context.clerk, Role.ADMINISTRATOR)
        if password:
            sign_in.set_own(context, password)
        else:
            office_settings.change(context, sign_in_wanted=False)

    return begin


@dataclass(frozen=True)
class PasswordPages:
    """Pages over one register."""

    register: Register
    now: Callable[[], datetime]
    take: Callable[[str, str], None]
    """Seats whoever was let in, by the name, and says the sentence."""
    leave: GoOn
    set_next: Callable[[Asked], None]
    """Puts a page in the place of this one."""

    def sign_in(self, name: str | None, *, is_first: bool) -> Asked:
        """Before the desk; `is_first`: nobody has a password yet, and the first is chosen."""
        if is_first:
            about = ("台账还没有登录口令，请先设自己的；其他人的初始口令以后在人员一页设。", _HOW)
            return Asked("设登录口令", about, self._choose_first, self.leave, name, False, True)
        return Asked("登录", (_FORGOTTEN, _HOW), self._sign_in, self.leave, name)

    def change(self, name: str, done: GoOn, *, wants_old: bool) -> Asked:
        """Another password for whoever sits here."""

        def try_it(keyed: Keyed) -> GoOn:
            acting = self.register.seated(name, self.now())
            if wants_old:
                acting = sign_in.confirmed(self.register, acting, keyed.password)
            self._set_own(acting, keyed.new)
            return done

        return Asked("改口令", (_HOW,), try_it, self.leave, name, wants_old, True)

    def lock(self, name: str, by_password: bool, done: GoOn) -> Asked:
        """After a while without a key."""

        def try_it(keyed: Keyed) -> GoOn:
            if by_password:
                sign_in.confirmed(self.register, self.register.seated(name, self.now()), keyed.password)
            return done

        about = (
            "10分钟没有操作，已锁定。正在办的都在，继续请由原来的人输入口令。",
            "按Esc退出程序，没有存下的内容会保留。",
        )
        return Asked("已锁定", about, try_it, self.leave, name, by_password, is_lock=True)

    def _sign_in(self, keyed: Keyed) -> GoOn:
        signed_in = sign_in.sign_in(self.register, keyed.name, keyed.password, self.now())
        if signed_in.must_change:
            return lambda: self.set_next(self._first_own(signed_in.acting, signed_in.told))
        return lambda: self.take(signed_in.acting.name, signed_in.told)

    def _first_own(self, acting: Acting, told: str) -> Asked:
        def try_it(keyed: Keyed) -> GoOn:
            self._set_own(acting, keyed.new)
            return lambda: self.take(acting.name, told)

        about = ("这个口令是别人设的，或用得太久，请先换成自己的。", _HOW)
        return Asked("改口令", about, try_it, self.leave, acting.name, False, True)

    def _choose_first(self, keyed: Keyed) -> GoOn:
        signed_in = sign_in.choose_first(self.register, keyed.name, keyed.new, self.now())
        return lambda: self.take(signed_in.acting.name, "")

    def _set_own(self, acting: Acting, password: str) -> None:
        with self.register.writing(acting, accepts_clock=True) as context:
            sign_in.set_own(context, password)
