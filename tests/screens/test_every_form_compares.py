"""No form stores over a colleague's change unseen: every form, found in the source, is tried with two clerks."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.calendar import lifting, lifting_correction
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import class_changes, corrections
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle import paper_place
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office import versions
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import funds
from pxtui.casework.staff import members
from pxtui.policy.facts import Voucher
from screens.frame import catalogue
from screens.frame.form import FormScreen
from tests.support.counter import ANSWER, TWO_WEEKS
from tests.support.pages import Room, at, seen
from tests.support.pay_desk import FUND, PayDesk

SCREENS = Path(__file__).parents[2] / "screens"
Do = Callable[[PayDesk], object]
BEGINS_WITH = {
    "office.staff.do_add": "a role that is usual",
    "office.tariffs.do_add": "document and day of the line above; what stands under the same day is told on the form",
    "office.trainings.do_add": "whoever was looked for; a training that is known adds nothing",
}
"""Forms over a page that begin with something, and nothing of it is stored over what was there."""


@dataclass(frozen=True)
class Form:
    """A form with something keyed into it, and what a colleague does before it is stored."""

    room: Room
    keys: tuple[str, ...]
    """Open it and key."""
    sooner: Do
    begin: Do = lambda clerk: None
    store: tuple[str, ...] = ("ctrl+n",)


def act(function: Callable[..., object], *arguments: object, **named: object) -> Do:
    """By a colleague at another counter."""

    def done(clerk: PayDesk) -> None:
        with clerk.register.writing(at(clerk, "李四").acting) as context:
            function(context, *arguments, **named)

    return done


def amended(clerk: PayDesk) -> None:
    with clerk.register.reading(clerk.acting) as context:
        before = opening_filing.filing(context, NUMBER)
    act(opening_filing.amend, NUMBER, replace(before, details=replace(before.details, address="老街道2号")))(clerk)


def reclaimed(clerk: PayDesk) -> None:
    with clerk.register.reading(clerk.acting) as context:
        before = claim_filing.claim_filing(context, NUMBER)
    act(claim_filing.put_claim, NUMBER, replace(before, purchased_heads=7))(clerk)


def approved(clerk: PayDesk) -> None:
    clerk.do(clerk.file(), Action.SUBMIT, Action.APPROVE, opinion=ANSWER)


def claiming(clerk: PayDesk) -> None:
    approved(clerk)
    clerk.day = date(2020, 4, 3)
    clerk.do(NUMBER, Action.CLAIM)


def lifted(clerk: PayDesk) -> None:
    clerk.day = date(2020, 5, 3)
    act(lifting.announce, date(2020, 4, 1), "川府发〔2020〕3号")(clerk)
    with clerk.register.writing(clerk.acting) as context:
        lifting.sign(context)


def voucher(number: str) -> Voucher:
    return Voucher(number, date(2020, 4, 2), "攀枝花市恒力机械有限公司", "某培训公司", 100_000)


NUMBER = "2020-DQ-0001"
STARTS_ON = date(2020, 3, 20)
LATER = ClassChange(starts_on=STARTS_ON, ends_on=STARTS_ON + TWO_WEEKS, platform="别的平台", leaving=frozenset())
FORMS: dict[str, Form] = {
    "application.intake": Form(("intake", NUMBER), (*["down"] * 14, "=新街道1号"), amended, lambda clerk: clerk.file()),
    "application.claim": Form(("claim", NUMBER), (*["down"] * 9, "=3"), reclaimed, claiming),
    "application.vouchers": Form(
        ("vouchers", NUMBER),
        ("=20200000000000000001", "enter", "=0402", "enter", "=500.00", "enter", "enter"),
        act(claim_filing.replace_vouchers, NUMBER, [voucher("20200000000000000002")]),
        claiming,
        ("enter", "f5"),
    ),
    "decision.class_change": Form(
        ("changing", NUMBER),
        ("down", "=0410", "ctrl+end", "=企业申请"),
        act(class_changes.change, NUMBER, replace(LATER, ends_on=date(2020, 4, 20)), "延期", ANSWER),
        approved,
        ("enter",),
    ),
    "decision.correction": Form(
        ("correcting", NUMBER),
        ("=3", "=新街道1号", "enter", "=核对"),
        act(corrections.correct, NUMBER, "address", "老街道2号", "核对"),
        approved,
        ("enter",),
    ),
    "frame.paper_place": Form(
        ("menu", NUMBER),
        ("f2", "=2号架"),
        act(paper_place.put, NUMBER, "企业"),
        lambda clerk: clerk.file(),
        ("enter",),
    ),
    "money.grants": Form(
        ("payment", NUMBER),
        ("f2", "enter", "=就业资金", "enter"),
        act(funds.put, FUND, "别的名称", 1_000_000),
        lambda clerk: (clerk.file(), clerk.grant(1_000_000)),
        ("enter",),
    ),
    "office.funds": Form(
        "funds", ("f2", "=就业资金"), act(funds.put, FUND, "别的名称", 900_000), lambda clerk: clerk.grant(1_000_000)
    ),
    "office.lifting.announce": Form(
        "lifting",
        ("insert", "=0402", "enter", "=川府发4号"),
        act(lifting.announce, date(2020, 4, 1), "川府发〔2020〕3号"),
    ),
    "office.lifting.correct": Form(
        "lifting",
        ("f2", "=0501", "enter", "=川府发4号", "enter", "=日期看错"),
        act(lifting_correction.announce, date(2020, 4, 2), "川府发〔2020〕5号", "日期看错"),
        lifted,
    ),
    "office.settings": Form("settings", ("enter", "=0812-3322110"), act(office_settings.change, office_phone="12333")),
    "office.staff": Form("staff", ("down", "f2", "=3"), act(members.assign, "李四", Role.CASHIER)),
}
"""By the module of the form."""


@pytest.fixture
def clerk(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


@pytest.mark.parametrize("name", FORMS)
def test_whoever_stores_second_sees_both(clerk: PayDesk, name: str) -> None:
    form = FORMS[name]
    form.begin(clerk)
    lines = seen(clerk.register, clerk, form.room, *form.keys, lambda: form.sooner(clerk), *form.store)
    assert "李四先存了" in lines[3], "\n".join(lines)


@pytest.mark.parametrize("name", FORMS)
def test_whoever_is_alone_stores_without_a_word(clerk: PayDesk, name: str) -> None:
    form = FORMS[name]
    form.begin(clerk)
    before = entries(clerk)
    lines = seen(clerk.register, clerk, form.room, *form.keys, *form.store)
    assert "先存了" not in "".join(lines)
    assert entries(clerk) > before, "\n".join(lines)


def entries(clerk: PayDesk) -> int:
    """Of the journal."""
    with clerk.register.reading(clerk.acting) as context:
        return versions.newest(context)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SCREENS.rglob("*.py")):
        name = ".".join(path.relative_to(SCREENS).with_suffix("").parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls within each method or function of a module, by its name."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for part in ast.walk(function):
                if isinstance(part, ast.Call):
                    yield function.name, part


def test_every_form_that_is_filled_from_the_register_is_tried_here() -> None:
    filling = {
        name
        for name, tree in modules()
        if name not in ("frame.form", "frame.storing", "office.entry_form")
        for _, call in calls(tree)
        if ast.unparse(call.func) in ("Storing", "Entry.over", "store_answers", "self.load_filed", "conflicts")
    }
    assert filling == {".".join(name.split(".")[:2]) for name in FORMS}


def test_no_form_over_a_page_begins_with_what_it_does_not_compare() -> None:
    begun = {
        f"{name}.{function}"
        for name, tree in modules()
        for function, call in calls(tree)
        if ast.unparse(call.func) == "Entry" and begins_with_something(call)
    }
    assert begun == BEGINS_WITH.keys()


def begins_with_something(call: ast.Call) -> bool:
    given = [*call.args[3:4], *(named.value for named in call.keywords if named.arg == "values")]
    return any(not isinstance(value, ast.Dict) or value.keys for value in given)


def test_every_form_of_a_case_is_filled_by_what_compares() -> None:
    forms = {room for room in catalogue.ROOMS if is_form(room)}
    assert forms == {"intake", "claim"}
    sources = dict(modules())
    for room in forms:
        module, _ = catalogue._PLACES[room]
        assert any(ast.unparse(call.func) == "self.load_filed" for _, call in calls(sources[module]))
        assert any(ast.unparse(call.func) == "self.put_over" for _, call in calls(sources[module]))


def is_form(room: str) -> bool:
    found = catalogue.load(room)
    return isinstance(found, type) and issubclass(found, FormScreen)
