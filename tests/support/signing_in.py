"""A real register in which everybody has a password."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, create
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import changes, members, sign_in
from pxtui.clock import CHINA
from pxtui.home import Home

NOW = datetime(2020, 3, 16, 9, 0, tzinfo=CHINA)
PASSWORDS = {"张三": "Zaochen-6dian", "李四": "Zhongwu-12dian", "王主任": "Xiawu-5dian-ban"}
WRONG = "Cuole-De-1234"


def secured(home: Home) -> Register:
    """The register of 张三 (管理员), 李四 (受理员) and 王主任 (负责人), each with the own password."""
    register = create(
        home, office="dongqu", name="张三", at=NOW, begin=partial(sign_in.set_own, password=PASSWORDS["张三"])
    )
    acting = confirmed("张三")
    with register.writing(acting) as context:
        members.assign(context, "张三", Role.ADMINISTRATOR)
        members.add(context, "李四")
        members.add(context, "王主任", Role.HEAD)
    for name in ("李四", "王主任"):
        with register.writing(acting) as context:
            first = initial(context, name)
        signed_in = sign_in.sign_in(register, name, first, NOW)
        assert signed_in.must_change
        with register.writing(signed_in.acting) as context:
            sign_in.set_own(context, PASSWORDS[name])
    return register


def confirmed(name: str, at: datetime = NOW) -> Acting:
    """Somebody who has just given the password."""
    return Acting(name, "dongqu", at, confirmed_at=at)


def alone(context: Context) -> None:
    """Who works alone signs in by the name."""
    office_settings.change(context, sign_in_wanted=False)


def later(minutes: float = 0, days: float = 0) -> datetime:
    """Some time after `NOW`."""
    return NOW + timedelta(minutes=minutes, days=days)


def password_file(folder: Path, password: str, name: str = "password.txt") -> Path:
    """A file with a password as a script names it, readable by its owner alone."""
    path = folder / name
    path.touch(0o600)
    path.write_text(f"{password}\n", encoding="utf-8")
    return path


def initial(context: Context, name: str) -> str:
    """The initial password that one person gives somebody else."""
    return changes.give_password(context, name).rpartition("：")[2]
