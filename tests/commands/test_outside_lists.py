"""`pxtui lists …`: what the page does, typed; exit codes say whether something waits."""

from pathlib import Path

from tests.support.office import Office
from tests.support.outside_lists import written
from tests.support.rosters import NUMBER, made_up_people, office_with_roster

HONEST, HIT = made_up_people(2)


def test_a_list_is_imported_shown_decided_on_and_taken_back(tmp_path: Path) -> None:
    office = Office(office_with_roster(tmp_path, [HONEST, HIT]))
    assert "一律是未比对" in office.say("lists", "show")
    file = written(tmp_path, ["身份证号,死亡日期", f"{HIT.id_number},2019-11-02", "510402197001010011,2019-01-01"])
    stated = ("--source", "市公安局", "--as-of", "2020-03-01", "--until", "2020-06-30")
    taken = office.run("lists", "import", file, "--kind", "deaths", *stated)
    assert (taken.returncode, taken.stderr) == (1, "")
    assert "第3行没有读出：510402********0011末位校验不对" in taken.stdout
    assert "比对1件未办结的案件2人（户），命中1" in taken.stdout
    case = office.run("lists", "show", NUMBER)
    assert (case.returncode, "第1号  已比对：死亡注销（市公安局2020-03-01）无命中" in case.stdout) == (1, True)
    assert "第2号  已比对：死亡注销（市公安局2020-03-01）命中，待认定" in case.stdout
    hits = office.run("lists", "hits", "1")
    assert (hits.returncode, "第2行，2019-11-02死亡或注销" in hits.stdout, HIT.id_number in hits.stdout) == (
        1,
        True,
        False,
    )
    decide = ("lists", "decide", NUMBER, "--kind", "deaths", "--seq", "2", "--reason", "派出所证明")
    assert "只写一个" in office.run(*decide).stderr
    assert "认定不影响" in office.say(*decide, "--dismissed")
    assert "张三认定不影响：派出所证明" in office.say("lists", "hits", "1")
    assert "比对结果都已删去" in office.say("lists", "withdraw", "1", "--reason", "选错了")
    assert "没有第7号名单" in office.run("lists", "withdraw", "7", "--reason", "选错了").stderr
