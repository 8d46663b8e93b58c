"""The acts that are ended at random moments, as a table: a line more and another one is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.office import Office
from tests.support.old_registers import make_old_register
from tests.support.pay_desk import PayDesk
from tests.support.rosters import NUMBER, made_up_people, office_with_roster

PAY_DAY = "2020-04-09"
BATCH = "BF2020-DQ-001"
_HEADINGS = "姓名,身份证号,联系电话"
_PEOPLE = 300


@dataclass(frozen=True, slots=True)
class Act:
    """A command over an office, and the office as it stands before."""

    name: str
    words: tuple[str, ...]
    """Of the command; `{folder}` stands for the office's folder."""
    acknowledged: str
    """What it says once it stands."""
    prepare: Callable[[Path], None]
    """Makes the office in an empty folder; its data folder is `data` there."""
    day: str | None = "2020-03-16"
    is_in_parts: bool = False
    """Whether it is more than one transaction, and goes on where it was ended."""
    is_in_the_gate: bool = False


def _nothing(_folder: Path) -> None:
    """No office yet."""


def _old(folder: Path) -> None:
    make_old_register(Home(folder / "data"), "0017")


def _with_list(folder: Path) -> None:
    office_with_roster(folder, made_up_people(3))
    rows = (f"{person.name},{person.id_number},{person.phone}" for person in made_up_people(_PEOPLE))
    (folder / "list.csv").write_text("\n".join((_HEADINGS, *rows)), encoding="utf-8")


def _submitted(folder: Path) -> None:
    Office(folder).begin()
    register = open_register(Home(folder / "data"), NOW)
    counter = Counter(register)
    counter.do(counter.file(), Action.SUBMIT)
    register.close()


def _payable(*before: tuple[str, ...], folder: Path) -> None:
    office = Office(folder, day=PAY_DAY)
    office.begin()
    register = open_register(office.home, NOW)
    desk = PayDesk(register)
    desk.hire_colleagues()
    desk.cleared()
    register.close()
    office.say("fund", "put", "ZX2020", "职业技能提升行动专项资金", "5,000.00", "--as", "张三")
    for words in before:
        office.say(*words)


def _with_office_key(*before: tuple[str, ...], folder: Path) -> None:
    office_with_roster(folder, made_up_people(30))
    (folder / "stick").mkdir()
    office = Office(folder)
    office.say("backup", "key", "create", "--to", "stick/private.txt", "--as", "张三")
    for words in before:
        office.say(*words)


def _after(make: Callable[..., None], *before: tuple[str, ...]) -> Callable[[Path], None]:
    return lambda folder: make(*before, folder=folder)


_PREPARE = ("payment", "prepare", "--as", "张三")
_SIGN = ("payment", "sign", BATCH, "--as", "王五")
_HAND_OVER = ("payment", "handover", BATCH, "--as", "张三")
_ANSWER = ("payment", "answer", BATCH, "--case", NUMBER, "--amount", "1000", "--reference", "YH1", "--as", "张三")
_BACK_UP = ("backup",)

ACTS = (
    Act("init", ("init", "--office", "dongqu", "--name", "张三", "--practice"), "已建立", _nothing),
    Act("upgrade", ("db", "upgrade"), "台账已是本程序的版本", _old, day=None),
    Act("import", ("roster", "import", NUMBER, "{folder}/list.csv"), "300", _with_list, is_in_the_gate=True),
    Act("decision", ("case", "advance", NUMBER, "approve", "--opinion", "提示已核实"), "培训中", _submitted),
    Act("paper", ("export", NUMBER, "--form", "attachment-1", "--out", "{folder}/out"), ".xlsx", _submitted),
    Act("payment prepared", _PREPARE, BATCH, _after(_payable), PAY_DAY),
    Act("payment signed", _SIGN, "王五签发", _after(_payable, _PREPARE), PAY_DAY, is_in_the_gate=True),
    Act("payment handed over", _HAND_OVER, ".xlsx", _after(_payable, _PREPARE, _SIGN), PAY_DAY, is_in_the_gate=True),
    Act("payment answered", _ANSWER, "已办结", _after(_payable, _PREPARE, _SIGN, _HAND_OVER), PAY_DAY),
    Act("backup", ("backup",), "已备份并核对", _after(_with_office_key)),
    Act(
        "rotation",
        ("key", "rotate", "--to", "{folder}/stick/keys", "--as", "张三"),
        "已更换台账的密钥",
        _after(_with_office_key),
        is_in_parts=True,
    ),
    Act(
        "restoring",
        ("restore", "--key", "{folder}/stick/private.txt", "--drill"),
        "演练成功",
        _after(_with_office_key, _BACK_UP),
    ),
)
