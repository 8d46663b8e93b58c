"""`pxtui learning` as an officer types it."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pxtui.policy.facts import Trainee
from tests.support.office import Office
from tests.support.rosters import NUMBER, office_with_claim

SAMPLE = Path(__file__).parents[1] / "data" / "learning" / "platform-records-20.xlsx"
HEADER = "姓名,身份证号,学习日期,学习时长（分钟）,成绩"


def test_the_sample_is_answered_as_it_is_known(tmp_path: Path) -> None:
    answer = json.loads(Office(tmp_path).say("learning", "read", SAMPLE, "--json"))
    assert answer["rows"] == json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))["rows"]
    assert (answer["schema"], answer["flags"], answer["refused"]) == ("pxtui-learning/1", [], [])


def test_the_lifting_cuts_the_records(tmp_path: Path) -> None:
    cut = json.loads(Office(tmp_path).say("learning", "read", SAMPLE, "--json", "--lifted", "2020-03-02"))
    assert cut["rows"][0]["minutes"] == 225
    assert {flag["code"] for flag in cut["flags"]} == {"learning.after-lifting"}


def test_refused_lines_are_listed_and_the_exit_code_says_so(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(f"{HEADER}\n张三,510402198601120018,2020-03-02,90,\n李四,,2020-03-02,90,\n", encoding="utf-8")
    done = Office(tmp_path).run("learning", "read", path, "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert [row["score"] for row in answer["rows"]] == [None]
    assert [(row["row"], row["cell"]) for row in answer["refused"]] == [(3, "B3")]
    assert "B3" in Office(tmp_path).run("learning", "read", path).stdout


def test_hours_keep_one_decimal(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    lines = ["张三,510402198601120018,2020-03-02,600,", "张三,510402198601120018,2020-03-03,503,"]
    path.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    (row,) = json.loads(Office(tmp_path).say("learning", "read", path, "--json"))["rows"]
    assert (row["minutes"], row["hours"]) == (1103, 24.5)
    assert "1103  24.5\n" in Office(tmp_path).say("learning", "read", path)


def test_a_file_without_records_is_told_in_one_sentence(tmp_path: Path) -> None:
    roster = SAMPLE.parents[1] / "rosters" / "a4-clean-37.xlsx"
    done = Office(tmp_path).run("learning", "read", roster)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_records_are_taken_into_a_claim_and_shown_beside_it(tmp_path: Path) -> None:
    rows = json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))["rows"][:2]
    people = [Trainee(seq, row["name"], None, None, row["id_number"], "", "") for seq, row in enumerate(rows, 1)]
    people[0] = replace(people[0], completed_hours=Decimal(40))
    office_with_claim(tmp_path, people)
    office = Office(tmp_path)
    kept = office.run("learning", "import", NUMBER, SAMPLE)
    assert kept.returncode == 1
    assert "花名册40学时、考核未填；平台34学时、合格，成绩86" in kept.stdout
    assert "成绩60分及以上记为合格" in kept.stdout
    assert "花名册40学时、合格；平台34学时" in office.run("learning", "show", NUMBER).stdout
    assert "已取平台记录" in office.say("learning", "import", NUMBER, SAMPLE, "--take")
    assert "不一致" not in office.say("learning", "show", NUMBER)


def test_options_that_are_no_day_and_no_score_are_told(tmp_path: Path) -> None:
    for words in (
        ("read", SAMPLE, "--lifted", "20200302"),
        ("read", SAMPLE, "--lifted", "0323-03-02"),
        ("import", "2020-DQ-0001", SAMPLE, "--pass-mark", "NaN"),
    ):
        done = Office(tmp_path).run("learning", *words)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert str(words[-1]) in done.stderr
