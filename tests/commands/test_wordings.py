"""The office's own wording and its record as an officer types commands about them."""

import pytest

from tests.policy.test_bundles import OPENING
from tests.support.bundles import import_on_its_day
from tests.support.office import Office


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("office"))
    made.begin()
    return made


def test_a_sample_lies_in_a_folder_that_is_made_for_it(office: Office) -> None:
    folder = office.folder / "看样" / "今天"
    told = office.say("wording", "preview", "daily-ledger", "--out", folder)
    assert told == f"{folder / '样张 日报.xlsx'}"
    assert (folder / "样张 日报.xlsx").is_file()


def test_a_mistake_is_told_with_file_line_and_the_nearest_name(office: Office) -> None:
    office.home.wording.mkdir()
    (office.home.wording / "payment-slip.toml").write_text('[labels]\ntitel = "x"\n', encoding="utf-8")
    (office.home.wording / "bounce-notice.toml").write_bytes("title = '退票'".encode("gbk"))
    done = office.run("wording", "check")
    assert done.returncode == 1
    assert "“wording/payment-slip.toml”第2行：没有名为“titel”的用语，不会用到；最接近的是“title”" in done.stdout
    assert "请在记事本里“另存为”，编码选UTF-8" in done.stdout
    assert done.stdout.splitlines()[-1] == "共2处要改。"


def test_the_record_of_a_case_lists_cells_on_request(office: Office) -> None:
    number = import_on_its_day(office, OPENING)
    sheet = office.folder / "名单.csv"
    sheet.write_text("序号,姓名,身份证号,联系电话\n1,学员1,510402198001010018,13900000009\n", encoding="utf-8")
    office.day = "2022-06-13"
    office.say("case", "advance", number, "return", "--opinion", "名单有误")
    office.run("roster", "import", number, sheet)
    assert "缺少：" not in office.say("case", "show", number).split("事项")[1]
    listed = office.say("case", "show", number, "--cells").split("事项")[1]
    assert "姓名由" in listed
    assert "改为学员1" in listed
    assert "缺少：第3号" in listed
