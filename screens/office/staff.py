"""Who works with the register, and in which role."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office import versions
from pxtui.casework.office.roles import Role
from pxtui.casework.office.settings import Settings
from pxtui.casework.office.versions import Loaded
from pxtui.casework.staff import changes, members, sign_in, substitution
from pxtui.casework.staff.substitution import Stand
from pxtui.identifiers.text import canonical
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import day_field
from screens.office.list_page import OfficePage
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

Member = tuple[str, Role, str]
"""Name, role, office; the last is empty where there is one alone."""

_DUTIES = {
    Role.CLERK: "收件、录入、受理和初审、公示。",
    Role.REVIEWER: "复核。",
    Role.HEAD: "审批，批准变更，签发拨付批次，批准追回，确认人员和设置的改动。",
    Role.CASHIER: "编制拨付批次、交银行、登记银行结果。",
    Role.AUDITOR: "只看，证号、电话、账号只显示一部分。",
    Role.ADMINISTRATOR: "人员、设置、备份、放假安排、疫情解除、更正、部门交换；不办案件。",
}
_ROLES = tuple((role.value, role.value) for role in Role)
_NUMBER = Field(
    "id_number", "身份证号", 18, Alphabet.ID_NUMBER, help="分清是不是同一人，只存加密标识；岗位分设时要填。"
)
_NOT_YET, _INITIAL = "暂不设", "设初始口令"
_PASSWORD = Field(
    "password",
    "登录口令",
    10,
    Alphabet.CHOICE,
    required=True,
    choices=((_INITIAL, _INITIAL), (_NOT_YET, _NOT_YET)),
    help="初始口令只显示一次，首次登录须改；岗位分设时一人告诉一半。",
)
_ACCOUNT = Field("account", "系统账户", 20, help="在服务器上的登录名；没有的空着。")
_ROLE = Field("role", "岗位", 8, Alphabet.CHOICE, required=True, choices=_ROLES, help="岗位分设时才有区别。")


class StaffPage(OfficePage[Member]):
    """The working staff; Ins adds somebody, F2 gives a role, Del retires."""

    name_in_keymap = "staff"
    detail_height = 6
    columns = (ListColumn("姓名", 16), ListColumn("岗位", 8), ListColumn("岗位分设时办什么", 0))

    def __init__(self) -> None:
        super().__init__()
        self._stands: tuple[Stand, ...] = ()
        self._offices: tuple[tuple[str, str], ...] = ()
        self._is_apart = False
        self._has_passwords = False

    def handlers(self) -> Handlers:
        """Add, change, retire, whose name it is, substitutes, what waits."""
        return {
            **super().handlers(),
            "add": self.do_add,
            "change": self.do_change,
            "retire": self.do_retire,
            "password": self.do_password,
            "identify": self.do_identify,
            "substitute": self.do_substitute,
            "other_page": self.do_waiting,
        }

    def load(self) -> None:
        """Ask for the staff, and whether roles count."""
        self.show_title("人员")
        self.read(office_settings.settings, then=self._show_whether_apart)
        self.read(substitution.listed, then=self._keep_stands)
        self.read(members.offices_to_add_to, then=self._know_offices)
        self.read(sign_in.with_password, then=self._know_passwords)
        self.read(members.with_offices, then=self._show, hold=True)

    def _know_offices(self, offices: tuple[tuple[str, str], ...]) -> None:
        self._offices = offices

    def _know_passwords(self, names: tuple[str, ...]) -> None:
        self._has_passwords = bool(names)

    def _show_whether_apart(self, settings: Settings) -> None:
        self._is_apart = settings.duties_apart
        self.show_title("人员", "岗位已分设" if settings.duties_apart else "岗位没有分设，人人可办")

    def _keep_stands(self, stands: tuple[Stand, ...]) -> None:
        self._stands = stands

    def _show(self, members: tuple[Member, ...]) -> None:
        self._follow_own_role({name: role for name, role, _ in members})
        self.show_items(members)

    def _follow_own_role(self, roles: dict[str, Role]) -> None:
        """The bar names the role of who sits here."""
        standing = self.counter.standing
        if standing is not None and standing.clerk in roles:
            self.counter.standing = replace(standing, role=roles[standing.clerk].value)
            self._show_standing()

    def row(self, item: Member) -> tuple[str, ...]:
        """Name, role, the office where there are several, what the role is for."""
        name, role, office = item
        return name, role.value, f"{office}　{_DUTIES[role]}" if office else _DUTIES[role]

    def key_of(self, item: Member) -> str:
        """The name."""
        return item[0]

    def detail_of(self, item: Member) -> Iterable[Paragraph]:
        """What can be done."""
        name, role, _ = item
        yield f"{name}，{role.value}。岗位分设时办：{_DUTIES[role]}"
        yield "离岗后办理记录仍保留，再来的按Ins增加同一姓名。"
        yield from (stand.sentence for stand in self._stands if name in (stand.absent, stand.substitute))

    def do_add(self) -> None:
        """Ins."""

        def store(form: EntryForm, values: Row) -> None:
            self.sought = canonical(values["name"])
            add = partial(
                changes.add,
                id_number=values.get("id_number", ""),
                office=values.get("office", ""),
                password=values.get("password") == _INITIAL,
                account=values.get("account", ""),
            )
            form.write(add, values["name"], Role(values["role"]), then=form.done, hold=True)

        name = Field("name", "姓名", 16, required=True, help="记入办理记录和文书；同名的加以区别，如张三二。")
        fields = (name, _ROLE, replace(_NUMBER, required=True)) if self._is_apart else (name, _ROLE)
        begun = {"role": Role.CLERK.value}
        if self._offices:
            help_text = "各部门共用一个台账，谁登录就办谁的部门的案件。"
            office = Field("office", "部门", 20, Alphabet.CHOICE, required=True, choices=self._offices, help=help_text)
            fields, begun = (*fields, office), {**begun, "office": self._offices[0][0]}
        if self._has_passwords:
            fields, begun = (*fields, _PASSWORD, _ACCOUNT), {**begun, "password": _INITIAL}
        self.ask_in_form(Entry("增加人员", fields, store, begun, tuple(_about_roles())))

    def do_change(self) -> None:
        """F2."""
        self.with_here(self._ask)

    def _ask(self, here: Member) -> None:
        self.read(versions.load, members.role_of_member, here[0], then=partial(self._change, here[0]), hold=True)

    def _change(self, name: str, loaded: Loaded[Role]) -> None:
        def store(form: EntryForm, values: Row) -> None:
            form.write(changes.assign, name, Role(values["role"]), then=form.done, hold=True)

        about = tuple(_about_roles())
        self.ask_in_form(Entry.over(f"{name}的岗位", (_ROLE,), store, loaded, _as_row, about))

    def do_password(self) -> None:
        """Enter."""
        self.with_here(lambda here: self._set_password(here[0]))

    def _set_password(self, name: str) -> None:
        standing = self.counter.standing
        if standing is not None and standing.clerk == name:
            self.counter.open_own_password()
            return

        self.confirm(f"给{name}设初始口令", lambda: self.write(changes.give_password, name, then=self.say, hold=True))

    def do_identify(self) -> None:
        """F4."""
        self.with_here(lambda here: self._identify(here[0]))

    def _identify(self, name: str) -> None:
        def store(form: EntryForm, values: Row) -> None:
            form.write(changes.identify, name, values["id_number"], then=form.done, hold=True)

        about = ("一个人用几个姓名的，登记同一个身份证号，岗位分设的各步按一人算。",)
        self.ask_in_form(Entry(f"{name}的身份证号", (replace(_NUMBER, required=True),), store, {}, about))

    def do_substitute(self) -> None:
        """F11."""
        self.with_here(lambda here: self._substitute(here[0]))

    def _substitute(self, absent: str) -> None:
        def store(form: EntryForm, values: Row) -> None:
            from_on, to_on = (date.fromisoformat(values[key]) for key in ("from_on", "to_on"))
            form.write(changes.substitute, absent, values["name"], from_on, to_on, then=form.done, hold=True)

        standing = self.counter.standing
        assert standing is not None
        others = tuple((name, name) for name, *_ in self.items if name != absent)
        fields = (
            Field(
                "name", "代理人", 16, Alphabet.CHOICE, required=True, choices=others, help="代理期间可办其岗位的事。"
            ),
            day_field("from_on", "从哪天", standing.today),
            day_field("to_on", "到哪天", standing.today),
        )
        about = ("办理记录写明谁代理谁；被代理人和代理人办过的前一步，另一步都不能再办。",)
        self.ask_in_form(Entry(f"代理{absent}", fields, store, {}, about))

    def do_waiting(self) -> None:
        """Ctrl+N."""
        self.counter.open("staff_changes")

    def do_retire(self) -> None:
        """Del."""
        self.with_here(lambda here: self._retire(here[0]))

    def _retire(self, name: str) -> None:
        standing = self.counter.standing
        if standing is None or standing.clerk != name:
            self.confirm(f"{name}离岗", lambda: self.act(members.retire, name, sentence=f"{name}已离岗。"))
            return

        def leave_the_desk(_: str) -> None:
            self.app.exit(0)

        self.confirm(
            f"{name}是您本人，离岗后程序随即退出", lambda: self.write(members.retire, name, then=leave_the_desk)
        )

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "人员：在岗的都在这里，办理记录和文书上写的就是这里的姓名。岗位分设时由管理员提出，另一人确认（Ctrl+N）。",
            "最后一名在岗人员、岗位分设时唯一的管理员不能离岗。",
        )


def _as_row(role: Role) -> Row:
    return {"role": role.value}


def _about_roles() -> Iterable[Paragraph]:
    return (f"{role.value}：{what}" for role, what in _DUTIES.items())
