"""The commands as an officer types them: what they print, and the one sentence when something is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pxtui import __version__
from tests.policy.test_bundles import CLAIM, OPENING
from tests.support.bundles import import_on_its_day
from tests.support.office import Office, OfficeApart
from tests.support.people import id_of


@pytest.fixture
def empty(tmp_path: Path) -> Office:
    """An office without a register."""
    return Office(tmp_path)


@pytest.fixture
def office(empty: Office) -> Office:
    """An office with an empty register."""
    empty.begin()
    return empty


def test_several_bundles_are_answered_line_by_line(empty: Office) -> None:
    (empty.folder / "damaged.json").write_text("{", encoding="utf-8")
    done = empty.run("check", CLAIM, "damaged.json", "nowhere.json", OPENING, "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [answer.get("passes") for answer in answers] == [True, None, None, False]
    assert [answer.get("file") for answer in answers] == [None, "damaged.json", "nowhere.json", None]


@pytest.mark.parametrize(("bundle", "code"), [(CLAIM, 0), (OPENING, 1)])
def test_the_exit_code_says_whether_it_passes(bundle: Path, code: int, empty: Office) -> None:
    done = empty.run("check", bundle)
    assert done.returncode == code
    assert "不通过" in done.stdout if code else "通过" in done.stdout


def test_days_that_are_not_asked_for_are_null(empty: Office) -> None:
    answer = json.loads(empty.say("deadlines", "--published", "2020-04-24", "--json"))
    assert answer == {"claim_by": None, "publicity_ends_on": "2020-04-27", "payable_from": "2020-04-28"}


@pytest.mark.terminal
def test_a_case_goes_from_its_bundle_to_the_stamped_forms(tmp_path: Path) -> None:
    office = OfficeApart(tmp_path)
    office.say("init", "--office", "dongqu", "--name", "张三", "--practice")
    number = import_on_its_day(office, CLAIM)
    assert number.startswith("2021-MY-")
    # What runs behind the command is asked of programs where one begins, comes in and writes.
    same = Office(tmp_path, office.day)
    same.say("case", "advance", number, "approve", "--opinion", "同意补贴")
    written = office.say("export", number, "--form", "attachment-3", "--form", "attachment-4", "--out", "out")
    assert [Path(line).name.split()[1] for line in written.splitlines()] == ["附件3", "附件4"]
    shown = same.say("case", "show", number)
    assert "待公示" in shown
    assert "650102196006060319" not in shown


def test_numbers_run_gap_free_by_office_and_year(office: Office) -> None:
    opening = OPENING
    told = json.loads(opening.read_text("utf-8"))
    told["roster"][0]["remark"] = "班长"
    (office.folder / "another.json").write_text(json.dumps(told), "utf-8")
    numbers = [import_on_its_day(office, path) for path in (opening, CLAIM, office.folder / "another.json")]
    assert [said.split()[0] for said in numbers] == ["2022-DQ-0001", "2021-MY-0001", "2022-DQ-0002"]
    assert "已登记为2022-DQ-0001" in numbers[2]


def test_a_bundle_that_comes_again_is_refused_with_its_number(office: Office) -> None:
    opening = OPENING
    number = import_on_its_day(office, opening)
    (office.folder / "renamed.json").write_bytes(opening.read_bytes())
    again = office.run("case", "import", "renamed.json")
    assert again.returncode == 2
    assert f"已导入，编号{number}" in again.stderr
    assert len(office.say("case", "list").splitlines()) == 2


def test_earlier_offline_trainings_count(office: Office) -> None:
    (office.folder / "offline.csv").write_bytes(
        "姓名,身份证号,职业（工种）,等级,开始日期,结束日期,方式\n"
        "某人,650102196006060319,养老护理员,三级,2020-01-05,2020/1/9,线下\n"
        "某人,65010219600606031,电工,,2020-01-05,2020-01-09,线下\n".encode("gb18030")
    )
    number = import_on_its_day(office, CLAIM)
    done = office.run("history", "import", "offline.csv")
    assert done.returncode == 1
    assert "B3" in done.stdout
    found = json.loads(office.run("case", "check", number, "--json").stdout)["findings"]
    assert "person.repeat" in [finding["code"] for finding in found]
    again = office.run("history", "import", "offline.csv")
    assert "新增0条" in again.stdout
    wrong, typed = ("history", "strike", "-"), "650102196006060319\n"
    assert "写明理由" in office.run(*wrong, "2020-01-05", "--reason", " ", typed=typed).stderr
    assert "请核对证号和日期" in office.run(*wrong, "2020-01-06", "--reason", "重名", typed=typed).stderr
    assert office.say(*wrong, "2020-01-05", "--reason", "重名", typed=typed) == "已删去1条。"
    assert "person.repeat" not in office.run("case", "check", number, "--json").stdout


def test_one_earlier_training_is_entered_shown_and_known_when_it_comes_again(office: Office) -> None:
    words = ("history", "add", "-", "焊工", "--from", "2019-05-06", "--level", "5", "--not-paid")
    typed = "510402198001010018\n"
    assert office.say(*words, "--source", "东区2019年台账", typed=typed) == "已录入。"
    assert office.say(*words, "--to", "2019-05-20", "--online", typed=typed) == "台账里已有这次培训，没有增加。"
    told = "510402********0018  焊工 五级 2019-05-06至未结束 线下 没有拨付；来源：东区2019年台账。"
    assert office.say("history", "show", typed=typed) == told
    assert office.say("history", "show", "-", typed="0018\n").startswith("没有找到以往培训")
    assert "早于开始日期" in office.run(*words, "--to", "2019-05-05", typed=typed).stderr


WRONG: dict[str, tuple[str, ...]] = {
    "no such command": ("open",),
    "no bundle named": ("check",),
    "unknown office": ("init", "--office", "chengdu", "--name", "张三", "--practice"),
    "register made twice": ("init", "--office", "dongqu", "--name", "李四", "--practice"),
    "unknown case": ("case", "show", "2020-DQ-0099"),
    "nonsense for a case": ("case", "check", "../../etc/passwd"),
    "missing bundle": ("case", "import", "nowhere.json"),
    "not a bundle": ("case", "import", "text.csv"),
    "missing roster": ("roster", "read", "nowhere.xlsx"),
    "not a spreadsheet": ("roster", "read", "picture.xlsx"),
    "empty roster": ("roster", "read", "empty.csv"),
    "a folder": ("roster", "read", "."),
    "a list without a header": ("history", "import", "text.csv"),
    "unknown member of staff": ("case", "import", str(CLAIM), "--as", "王五"),
    "more cases than there can be": ("case", "list", "--most", "9223372036854775807"),
    "a day before all ledgers": ("export-ledger", "--day", "0001-01-01", "--out", "out"),
    "a month before all ledgers": ("export-ledger", "--month", "0001-01", "--out", "out"),
    "a phone that is none": ("office", "set", "--phone", "１２３abc"),
    "no such day": ("deadlines", "--ended", "2020-02-30"),
    "a year without a calendar": ("deadlines", "--published", "2026-12-31"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
def test_wrong_input_is_one_chinese_sentence(words: tuple[str, ...], office: Office) -> None:
    (office.folder / "text.csv").write_text("1,2,3\n", encoding="utf-8")
    (office.folder / "empty.csv").write_text("", encoding="utf-8")
    (office.folder / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = office.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "请" in done.stderr or "可用" in done.stderr or "直接运行" in done.stderr


def test_without_a_register_the_way_to_one_is_told(empty: Office) -> None:
    done = empty.run("case", "list")
    assert done.returncode == 2
    assert "pxtui init" in done.stderr


def test_one_bad_bundle_files_none(office: Office) -> None:
    (office.folder / "damaged.json").write_text("{", encoding="utf-8")
    assert office.run("case", "import", CLAIM, "damaged.json").returncode == 2
    assert "2021-MY" not in office.say("case", "list")


def test_an_amount_that_no_register_holds_files_nothing(office: Office) -> None:
    bundle = json.loads(CLAIM.read_text(encoding="utf-8"))
    bundle["vouchers"][0]["amount"] = "9" * 30
    (office.folder / "large.json").write_text(json.dumps(bundle), encoding="utf-8")
    office.day = bundle["decided_on"]
    done = office.run("case", "import", "large.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "19位" in done.stderr


def test_a_disk_that_takes_nothing_issues_nothing(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    done = office.run("export", number, "--form", "attachment-1", "--out", "/proc/papers")
    assert (done.returncode, done.stdout) == (2, "")
    assert "不能建立文件夹" in done.stderr
    assert "出具" not in office.say("case", "show", number)
    elsewhere = Office(Path("/proc"))
    assert "请检查" in elsewhere.run("init", "--office", "dongqu", "--name", "张三", "--practice").stderr


def test_settings_are_off_until_they_are_set_and_what_is_not_named_stays(office: Office) -> None:
    rest = (
        "；初审、复核、审批岗位：不分设；补正5个工作日；承诺开班5个、补贴10个工作日；"
        "电话未填，监督电话未填，地址未填，公示网站未填；骗取补贴的单位标注3年；拨付批次第二人签发：不要求；登录要口令；"
        "疑点只提示；抽查不要求"
    )
    assert office.say("office", "show").splitlines()[0] == f"证号末四位合计：不核对；二次录入：不要求{rest}"
    assert office.say("office", "set", "--second-keying", "10") == f"证号末四位合计：不核对；二次录入：10%{rest}"
    office.say("office", "set", "--tail-sum", "on")
    assert office.say("office", "show").splitlines()[0] == f"证号末四位合计：核对；二次录入：10%{rest}"
    office.say("staff", "role", "张三", "管理员")
    assert "请先登记身份证号" in office.run("office", "set", "--duties-apart", "on").stderr
    office.say("staff", "identify", "张三", typed=f"{id_of(1)}\n")
    told = office.say("office", "set", "--duties-apart", "on", "--correction-days", "3")
    assert "岗位：分设；补正3个工作日；承诺开班5个、补贴10个工作日" in told


def test_the_office_sees_which_version_made_its_register(office: Office) -> None:
    assert office.say("--version") == f"pxtui {__version__}"
    _, made, present = office.say("office", "show").splitlines()
    assert made == f"2020-03-16 10:00 张三 建立演练台账：攀枝花市东区人力资源和社会保障局（程序{__version__}）"
    assert present.startswith(f"现用程序{__version__}，")


@pytest.mark.terminal
def test_the_version_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    loaded = "import sys; from pxtui.cli import run; run(['--version']); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=tmp_path)
    modules = done.stdout.splitlines()
    assert modules[0] == f"pxtui {__version__}"
    assert not {"typer", "sqlmodel", "textual", "openpyxl", "importlib.metadata"} & set(modules)


def test_a_role_that_is_none_is_answered_with_those_there_are(office: Office) -> None:
    done = office.run("staff", "add", "李四", "--role", "初审")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--role限写受理员、复核人、负责人、管理员" in done.stderr


def test_a_share_that_is_none_is_refused(office: Office) -> None:
    done = office.run("office", "set", "--second-keying", "101")
    assert (done.returncode, done.stderr.strip()) == (2, "二次录入的比例101不在0至100之间，请改正。")


def test_a_paper_is_printed_again_as_it_was_by_its_file_name(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    for command, wanted in (
        (("export", number), ("--form", "attachment-3")),
        (("export-ledger",), ("--day", "2020-03-16")),
    ):
        path = office.folder / office.say(*command, *wanted, "--out", "out")
        as_issued = path.read_bytes()
        path.unlink()
        assert office.folder / office.say(*command, "--again", path.name, "--out", "out") == path
        assert path.read_bytes() == as_issued
        assert "只写一" in office.run(*command, *wanted, "--again", path.name, "--out", "out").stderr


def test_a_ledger_is_asked_for_by_its_day_or_its_month(office: Office) -> None:
    written = office.say("export-ledger", "--month", "2020-03", "--out", "out")
    assert Path(written).name == "2020-03 月报0001 东区人社局.xlsx"
    written = office.say("export-ledger", "--recoveries", "2020", "--out", "out")
    assert Path(written).name == "2020 追回台账0001 东区人社局.xlsx"
    for words in ((), ("--day", "2020-03-16", "--month", "2020-03"), ("--month", "2020-03", "--recoveries", "2020")):
        assert "只写一个" in office.run("export-ledger", *words, "--out", "out").stderr
    for option, text in (("--day", "2020-3-16"), ("--month", "2020-13"), ("--recoveries", "20")):
        assert f"{option}“{text}”有误，请写成" in office.run("export-ledger", option, text, "--out", "out").stderr
