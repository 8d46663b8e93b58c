"""F3 and / on the desk: what a clerk types and what she finds, by kind; and where Enter leads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.profiles.found import Kind, found
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.counter import Counter
from tests.support.filings import a_filing
from tests.support.pages import seen
from tests.support.rosters import made_up_people

FIRM, OTHER = "攀枝花市恒力机械有限公司", "米易县长城建材厂（普通合伙）"
WHO = replace(made_up_people(1)[0], name="翟志强", phone="13900000002")
DOTTED = replace(made_up_people(1, 1)[0], name="沙马·阿果")
VOUCHER = "20200000000012345678"
TAIL = WHO.id_number[-4:]


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    made = Counter(empty_register(Home(tmp_path_factory.mktemp("find") / "data")))
    filing = a_filing()
    for firm, occupation, platform, person, code in (
        (FIRM, "焊工", "中国职业培训在线", WHO, "91510400MA6ABCDE0X"),
        (OTHER, "长号演奏员", "技工教育网", DOTTED, "91510421MA6FGHJK1Y"),
    ):
        filed = replace(
            filing,
            applicant=replace(filing.applicant, name=firm, credit_code=code),
            training=replace(filing.training, occupation=occupation, platform=platform),
            received_on=made.day,
        )
        with made.register.writing(made.acting) as context:
            number = opening_filing.file(context, filed)
            roster_edits.replace_all(context, number, [person])
    made.file(made_up_people(1, 30), date(2020, 6, 1), "电工")
    claim = made.claimed(made.file(made_up_people(2, 40), date(2020, 3, 20), "车工"))
    with made.register.writing(made.acting) as context:
        from db.models import Voucher
        from pxtui.casework.lifecycle.cases import find

        (voucher,) = context.session.exec(select(Voucher).where(col(Voucher.case_id) == find(context, claim).id)).all()
        voucher.number = voucher.number_key = VOUCHER
        voucher.number_tail = VOUCHER[-8:]
        context.session.add(voucher)
    yield made
    made.register.close()


FINDS: tuple[tuple[Kind, str, list[str]], ...] = (
    (Kind.CASE, "2020-DQ-0001", ["2020-DQ-0001"]),
    (Kind.CASE, "ｄｑ－２", ["2020-DQ-0002"]),
    (Kind.CASE, "焊工 翟志强", ["2020-DQ-0001"]),
    (Kind.ENTERPRISE, "长城", [OTHER]),
    (Kind.ENTERPRISE, "长", [OTHER]),
    (Kind.ENTERPRISE, "ccjc", [OTHER]),
    (Kind.ENTERPRISE, "zcjc", [OTHER]),
    (Kind.ENTERPRISE, "城建", [OTHER]),
    (Kind.ENTERPRISE, "建材 长城", [OTHER]),
    (Kind.ENTERPRISE, "（普通合伙）", [OTHER]),
    (Kind.ENTERPRISE, "(普通合伙)", [OTHER]),
    (Kind.ENTERPRISE, "ｍａ６ｆｇｈｊｋ１ｙ", []),
    (Kind.ENTERPRISE, "９１５１０４２１", [OTHER]),
    (Kind.ENTERPRISE, "jk1y", [OTHER]),
    (Kind.PERSON, "翟志强", ["翟志强"]),
    (Kind.PERSON, "志强", ["翟志强"]),
    (Kind.PERSON, "zzq", ["翟志强"]),
    (Kind.PERSON, "dzq", ["翟志强"]),
    (Kind.PERSON, "ＤＺＱ", ["翟志强"]),
    (Kind.PERSON, TAIL, ["翟志强"]),
    (Kind.PERSON, f"志强 {TAIL}", ["翟志强"]),
    (Kind.PERSON, "志强 0000", []),
    (Kind.PERSON, WHO.id_number, ["翟志强"]),
    (Kind.PERSON, "13900000002", ["翟志强"]),
    (Kind.PERSON, "139-0000-0002", ["翟志强"]),
    (Kind.PERSON, "阿果", ["沙马·阿果"]),
    (Kind.PERSON, "沙马阿果", ["沙马·阿果"]),
    (Kind.PERSON, "沙马•阿果", ["沙马·阿果"]),
    (Kind.PERSON, "彧彧", []),
    (Kind.OCCUPATION, "焊", ["焊工"]),
    (Kind.OCCUPATION, "chyz", ["长号演奏员"]),
    (Kind.OCCUPATION, "zhyz", ["长号演奏员"]),
    (Kind.PLATFORM, "技工", ["技工教育网"]),
    (Kind.PLATFORM, "zgzypx", ["中国职业培训在线"]),
    (Kind.PROVIDER, "成都", ["成都职业培训网络学院"]),
    (Kind.VOUCHER, VOUCHER, [VOUCHER]),
    (Kind.VOUCHER, "12345678", [VOUCHER]),
    (Kind.VOUCHER, "№ ２０２０ 0000 0000 1234 5678", [VOUCHER]),
    (Kind.VOUCHER, "恒力", []),
)
"""What is typed, of which kind, and what is found."""


@pytest.mark.parametrize(("kind", "typed", "names"), FINDS, ids=lambda value: str(value))
def test_what_is_typed_finds_what_is_meant(kind: Kind, typed: str, names: list[str], counter: Counter) -> None:
    with counter.register.reading(counter.acting) as context:
        assert [hit.what for hit in found(context, kind, typed).hits] == names


def test_hits_tell_numbers_masked(counter: Counter) -> None:
    with counter.register.reading(counter.acting) as context:
        (hit,) = found(context, Kind.PERSON, "志强").hits
    assert hit.beside == f"{WHO.id_number[:6]}********{TAIL} 139****0002"


def looks(register: Register, counter: Counter) -> int:
    def entries(context: Context) -> int:
        acts = select(JournalEntry).where(col(JournalEntry.action) == Act.READ_SEARCH)
        return len(context.session.exec(acts).all())

    with register.reading(counter.acting) as context:
        return entries(context)


@pytest.mark.parametrize("keys", [("f3",), ("=/",), ("=／",)])
def test_f3_and_the_slash_open_the_search_of_everything(keys: tuple[str, ...], counter: Counter) -> None:
    lines = seen(counter.register, counter, "desk", *keys, "=焊")
    assert lines[3].startswith(" 查找")
    assert "案件1 职业1" in lines[3]
    assert [line.split()[:2] for line in lines[7:8]] == [[">", "案件"]]
    assert lines[8].split()[0] == "职业"


def test_it_narrows_with_every_character_and_widens_again(counter: Counter) -> None:
    once = seen(counter.register, counter, "find", "=长")
    twice = seen(counter.register, counter, "find", "=长号")
    back = seen(counter.register, counter, "find", "=长号", "backspace")
    assert " 单位 " in "\n".join(once)
    assert " 单位 " not in "\n".join(twice[7:])
    assert once[6:] == back[6:]


@pytest.mark.parametrize(
    ("typed", "title"),
    [("2020-DQ-0001", "参训人员花名册"), ("长城", "单位"), ("dzq", "人员"), ("chyz", "职业"), ("成都", "培训机构")],
)
def test_enter_opens_the_page_of_what_is_found(typed: str, title: str, counter: Counter) -> None:
    keys = ("down",) if typed in ("长城", "dzq", "chyz") else ("pagedown",) if typed == "成都" else ()
    lines = seen(counter.register, counter, "find", f"={typed}", *keys, "enter")
    assert lines[3].startswith(f" {title}"), lines


def test_a_whole_number_is_looked_for_by_enter_alone_and_noted(counter: Counter) -> None:
    before = looks(counter.register, counter)
    typed = seen(counter.register, counter, "find", f"={WHO.id_number}")
    assert "翟志强" not in "\n".join(typed)
    assert "Enter按这个完整号码查找" in typed[-2]
    assert looks(counter.register, counter) == before
    lines = seen(counter.register, counter, "find", f"={WHO.id_number}", "enter")
    assert any(" 人员 " in line and "翟志强" in line for line in lines)
    assert WHO.id_number not in "\n".join(lines)
    assert looks(counter.register, counter) == before + 1


def test_the_row_that_is_meant_is_marked_by_a_character(counter: Counter) -> None:
    first = seen(counter.register, counter, "find", "=长号")
    second = seen(counter.register, counter, "find", "=长号", "down")
    assert [line.startswith(" >") for line in first[7:9]] == [True, False]
    assert [line.startswith(" >") for line in second[7:9]] == [False, True]


def test_what_nobody_is_called_says_how_to_look(counter: Counter) -> None:
    assert "没有找到：人按姓名" in seen(counter.register, counter, "find", "=彧彧")[-2]
