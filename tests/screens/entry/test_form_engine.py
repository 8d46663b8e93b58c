"""The fields and the form engine by themselves."""

from datetime import date

import pytest

from pxtui.identifiers.pinyin import initials
from pxtui.policy.enterprise_size import industries
from pxtui.policy.parameters import shipped_rulebook
from screens.application.intake_checks import credit_code_fault
from screens.application.intake_fields import intake_fields
from screens.entry.choices import Choice, narrowed, numbered
from screens.entry.effects import InputRefused
from screens.entry.fields import Alphabet, Field
from screens.entry.form_engine import Finished, FormEffect, FormEngine, Left, Picked

DAY = Field("day", "开班日期", 10, Alphabet.DATE, base_day=date(2020, 3, 16))
FIELDS = (
    Field("name", "单位名称", 40, required=True),
    Field("told", "规模", 20, derived=lambda values: f"{values.get('name', '')}微型"),
    Field("kind", "类别", 10, Alphabet.CHOICE, choices=(("farmer", "农民工"), ("worker", "职工"))),
    DAY,
    Field("hours", "学时", 4, Alphabet.DIGITS),
)


def keyed(engine: FormEngine, *keys: str) -> list[FormEffect]:
    """Type texts and press keys written as <enter>."""
    effects: list[FormEffect] = []
    for key in keys:
        effects += engine.press(key.strip("<>")) if key.startswith("<") else engine.type(key)
    return effects


@pytest.mark.parametrize(
    ("typed", "kept", "is_date"),
    [
        ("20200316", "2020-03-16", True),
        ("0316", "2020-03-16", True),
        ("2020-03-16", "2020-03-16", True),
        ("3.16", "2020-03-16", True),
        ("2020/3/6", "2020-03-06", True),
        ("２０２０年3月6日", "2020-03-06", True),
        ("20200230", "2020-02-30", False),
        ("316", "316", False),
        ("2020", "2020-20-20", False),
        ("20-3-16", "20-3-16", False),
        ("2020--6", "2020--6", False),
        ("03230410", "0323-04-10", False),
        ("1999-12-31", "1999-12-31", False),
        ("2000-01-01", "2000-01-01", True),
        ("20301231", "2030-12-31", True),
        ("20310101", "2031-01-01", False),
    ],
)
def test_a_date_is_taken_in_every_spelling(typed: str, kept: str, is_date: bool) -> None:
    value = DAY.completed(DAY.accepted(typed))
    assert value == kept
    assert (DAY.fault(value) == "") is is_date


@pytest.mark.parametrize(
    ("alphabet", "typed", "taken"),
    [
        (Alphabet.DIGITS, "１3８-0 a", "1380"),
        (Alphabet.ID_NUMBER, "51 04-*ｘ/.q", "5104XXXX"),
        (Alphabet.CODE, "91510400ma6２中é…", "91510400MA62"),
        (Alphabet.DECIMAL, "－1，234.50元", "-1234.50"),
        (Alphabet.TEXT, "张\u200b三\x1b[31m\t·", "张三[31m·"),
    ],
)
def test_a_field_takes_its_alphabet_and_no_more(alphabet: Alphabet, typed: str, taken: str) -> None:
    assert Field("key", "栏", 20, alphabet).accepted(typed) == taken


def test_a_record_is_keyed_from_the_first_field_to_the_last() -> None:
    engine = FormEngine(FIELDS, {})
    effects = keyed(engine, "恒力", "<enter>", "1", "0320", "<enter>", "40", "<enter>")
    record = {"name": "恒力", "kind": "farmer", "day": "2020-03-20", "hours": "40"}
    assert effects[-1] == Finished(record)
    assert [effect.key for effect in effects if isinstance(effect, Left)] == ["name", "kind", "day", "hours"]
    assert engine.value(1) == "恒力微型"
    assert engine.faults() == []


def test_a_faulty_date_stays_and_the_next_key_goes_on_editing() -> None:
    engine = FormEngine(FIELDS, {})
    engine.go_to("day")
    assert keyed(engine, "0230", "<enter>") == [InputRefused("开班日期“2020-02-30”不是日期，请写成20200316或0316。")]
    keyed(engine, "<backspace>", "<backspace>", "16", "<enter>")
    assert engine.field.key == "hours"


def test_who_keys_a_refused_field_once_more_replaces_it() -> None:
    code = Field("code", "统一社会信用代码", 18, Alphabet.CODE, length=18, check=credit_code_fault)
    engine = FormEngine((code, DAY, FIELDS[-1]), {})
    assert keyed(engine, "91510402MA627K3H3", "<enter>") == [InputRefused("统一社会信用代码应为18位，现为17位。")]
    for character in "91350100M000100Y43":
        engine.type(character)
    assert (engine.values["code"], engine.field.key) == ("91350100M000100Y43", "day")
    engine.go_to("code")
    (_, full) = keyed(engine, "91350100M000100Y44", "9")
    assert full == InputRefused("统一社会信用代码已满18位：退格改正，或按Enter后从头重录。")
    keyed(engine, "<enter>", *"91350100M000100Y43")
    assert (engine.values["code"], engine.field.key) == ("91350100M000100Y43", "day")
    keyed(engine, "0230", "<enter>", "0", "2", "2", "8", "<enter>")
    assert (engine.values["day"], engine.field.key) == ("2020-02-28", "hours")


def test_a_field_is_told_off_that_goes_against_another() -> None:
    engine = FormEngine(intake_fields(date(2020, 3, 16), shipped_rulebook().latest), {"starts_on": "2020-03-20"})
    engine.go_to("ends_on")
    sentence = "结束日期早于开班日期2020-03-20，请改正其中一个。"
    assert keyed(engine, "0302", "<enter>") == [InputRefused(sentence)]
    assert sentence in [fault for _, fault in engine.faults()]
    keyed(engine, "0402", "<enter>")
    assert engine.values["ends_on"] == "2020-04-02"


def test_a_choice_is_a_digit_or_an_arrow_and_nothing_else() -> None:
    engine = FormEngine(FIELDS, {})
    engine.go_to("kind")
    (refused,) = keyed(engine, "9")
    assert isinstance(refused, InputRefused)
    assert "1农民工  2职工" in refused.sentence
    keyed(engine, "<right>", "<right>")
    assert engine.current()["kind"] == "worker"


COUNTIES = (("510402", "东区"), ("510403", "西区"), ("510411", "仁和区"), ("510421", "米易县"), ("510422", "盐边县"))
INDUSTRIES = (("industry", "工业"), ("construction", "建筑业"), ("transport", "交通运输业"), ("storage", "仓储业"))
INDUSTRY_CODES = (("industry", "B"), ("industry", "C"), ("construction", "E"), ("storage", "59"))
PLATFORMS = (
    ("sc", "四川省职业网络培训学院"),
    ("cd", "成都职业培训网络学院"),
    ("pzh", "成都职业培训网络学院攀枝花分院"),
)
DOMAINS = (("sc", "sc.cdwork.cn"), ("cd", "px.cdhrss.chengdu.gov.cn"), ("pzh", "pzh.cdwork.cn"))


BANKS = (("1", "长江银行"), ("2", "东区分行"))


@pytest.mark.parametrize(
    ("typed", "choices", "aliases", "left"),
    [
        ("d", COUNTIES, (), ["东区"]),
        ("仁和", COUNTIES, (), ["仁和区"]),
        ("X", COUNTIES, (), ["西区"]),
        ("县", COUNTIES, (), ["米易县", "盐边县"]),
        ("0422", COUNTIES, COUNTIES, []),
        ("j", INDUSTRIES, INDUSTRY_CODES, ["建筑业", "交通运输业"]),
        ("jz", INDUSTRIES, INDUSTRY_CODES, ["建筑业"]),
        ("e", INDUSTRIES, INDUSTRY_CODES, ["建筑业"]),
        ("59", INDUSTRIES, INDUSTRY_CODES, ["仓储业"]),
        ("cd", PLATFORMS, DOMAINS, ["成都职业培训网络学院", "成都职业培训网络学院攀枝花分院"]),
        ("pzh", PLATFORMS, DOMAINS, ["成都职业培训网络学院攀枝花分院"]),
        ("cdwork.cn", PLATFORMS, DOMAINS, ["四川省职业网络培训学院", "成都职业培训网络学院攀枝花分院"]),
        ("分院", PLATFORMS, DOMAINS, ["成都职业培训网络学院攀枝花分院"]),
        ("yh", BANKS, (), ["长江银行"]),
        ("cj", BANKS, (), ["长江银行"]),
        ("", COUNTIES[:2], (), ["东区", "西区"]),
        ("zz", COUNTIES, (), []),
    ],
)
def test_a_list_is_narrowed_by_chinese_initials_a_code_or_its_end(
    typed: str, choices: tuple[Choice, ...], aliases: tuple[Choice, ...], left: list[str]
) -> None:
    assert [label for _, label in narrowed(typed, choices, aliases)] == left


INDUSTRY_NAMES = [(key, name) for key, industry in industries().items() for name in (industry.name, *industry.also)]
CHOOSING = (
    Field("industry", "所属行业", 20, Alphabet.CHOICE, choices=INDUSTRIES, aliases=INDUSTRY_CODES),
    Field("county", "所在县（区）", 8, Alphabet.CHOICE, choices=COUNTIES),
    Field("remark", "备注", 20),
)


def test_the_only_match_is_taken_at_once_and_its_further_letters_are_for_no_other_field() -> None:
    engine = FormEngine(CHOOSING, {})
    for letter in "jzyrhq":
        assert not [effect for effect in engine.type(letter) if isinstance(effect, InputRefused)]
    assert engine.current() == {"industry": "construction", "county": "510411", "remark": ""}
    assert engine.field.key == "remark"


def test_a_label_keyed_in_full_chooses_it_and_spills_nothing() -> None:
    engine = FormEngine(CHOOSING, {})
    for character in "建筑业仁和区业务":
        engine.type(character)
    assert engine.current() == {"industry": "construction", "county": "510411", "remark": "业务"}


@pytest.mark.parametrize(("code", "name"), INDUSTRY_NAMES)
def test_an_industry_keyed_by_any_of_its_whole_names_spills_nothing(code: str, name: str) -> None:
    for text in (name, initials(name)):
        engine = FormEngine(intake_fields(date(2020, 3, 16), shipped_rulebook().latest), {})
        engine.go_to("industry")
        refused = [effect for letter in text for effect in engine.type(letter) if isinstance(effect, InputRefused)]
        assert (refused, engine.line.text) == ([], "")
        # Where others are called so too, the list is narrowed and waits for a digit.
        assert engine.field.key == "staff_count" or code in dict(engine.offered)
        assert text != name or engine.values.get("industry", code) == code


def test_the_digit_of_a_level_is_the_level() -> None:
    engine = FormEngine(intake_fields(date(2020, 3, 16), shipped_rulebook().latest), {})
    for digit, level in zip("123456", ("1", "2", "3", "4", "5", "none"), strict=True):
        engine.go_to("level")
        engine.type(digit)
        assert engine.values["level"] == level


def test_what_is_left_is_numbered_anew_and_a_digit_picks_from_it() -> None:
    engine = FormEngine(CHOOSING, {"industry": "storage"})
    engine.type("j")
    assert numbered(engine.offered) == ["1建筑业", "2交通运输业"]
    assert engine.drawn.text == "j"
    engine.type("2")
    assert (engine.values["industry"], engine.field.key) == ("transport", "county")


def test_enter_after_a_field_that_went_on_by_itself_passes_nothing_over() -> None:
    values = {"county": "510411"}
    for chosen in ("2", "jz", "建筑"):
        engine = FormEngine(CHOOSING, values)
        left, late = keyed(engine, chosen, "<enter>")
        assert left == Left("industry", {**values, "industry": "construction"})
        assert isinstance(late, InputRefused)
        assert "Enter没有算" in late.sentence
        assert engine.field.key == "county"
        keyed(engine, "<enter>")
        assert engine.field.key == "remark"
    went_on = FormEngine(CHOOSING, values)
    keyed(went_on, "2", "<tab>")
    assert went_on.field.key == "remark"


def test_who_ends_every_field_with_enter_hears_nothing_where_nothing_stands_yet() -> None:
    engine = FormEngine(CHOOSING, {})
    (left,) = keyed(engine, "2", "<enter>")
    assert isinstance(left, Left)
    assert engine.field.key == "county"
    keyed(engine, "<enter>")
    assert engine.field.key == "remark"


def test_enter_in_the_last_field_ends_the_form_however_it_was_reached() -> None:
    engine = FormEngine(CHOOSING[1:], {})
    assert Finished({"county": "510411", "remark": ""}) in keyed(engine, "3", "<enter>")


def test_who_passes_over_what_must_be_filled_in_is_told_so() -> None:
    engine = FormEngine((Field("name", "姓名", 8, required=True), Field("remark", "备注", 8)), {})
    assert engine.press("enter") == [InputRefused("姓名还空着，存下之前须填。")]
    assert engine.field.key == "remark"
    assert keyed(engine, "<up>", "张三", "<down>", "<up>", "<enter>") == [Left("name", {"name": "张三", "remark": ""})]


def test_letters_that_chose_nothing_leave_the_choice_as_it_was() -> None:
    engine = FormEngine(CHOOSING, {"industry": "storage"})
    (refused,) = keyed(engine, "j", "<enter>")
    assert refused == InputRefused("所属行业请按编号选择：1建筑业  2交通运输业")
    assert keyed(engine, "<down>") == []
    assert engine.values["industry"] == "storage"
    keyed(engine, "<up>", "j", "<backspace>")
    assert engine.drawn.text == "仓储业"


def test_initials_in_a_text_wait_for_enter_and_what_nobody_knows_is_a_new_text() -> None:
    fields = (Field("occupation", "职业（工种）", 24, required=True), Field("remark", "备注", 20))
    occupations = [(name, name) for name in ("焊工", "混凝土工", "架子工")]

    def typed(*keys: str) -> tuple[str, str]:
        engine = FormEngine(fields, {})
        engine.offer("occupation", occupations)
        keyed(engine, *keys)
        return engine.current()["occupation"], engine.field.key

    assert typed("hg", "<enter>") == ("焊工", "remark")
    assert typed("h", "2") == ("混凝土工", "remark")
    assert typed("h", "<enter>") == ("h", "occupation")
    assert typed("焊", "<enter>") == ("焊工", "remark")
    assert typed("焊", "<tab>") == ("焊", "remark")
    assert typed("工", "<enter>") == ("工", "remark")
    assert typed("无人机驾驶员", "<enter>") == ("无人机驾驶员", "remark")
    assert typed("3") == ("架子工", "remark")


def test_who_was_found_is_picked_and_is_forgotten_with_the_next_letter() -> None:
    fields = (Field("name", "单位名称", 40, suggests=True), Field("remark", "备注", 20))
    engine = FormEngine(fields, {})
    engine.type("hl")
    engine.offer("name", [("91A", "恒力机械"), ("91B", "宏利商贸")])
    assert engine.type("2") == [Picked("name", "91B")]
    engine.type("j")
    assert engine.offered == ()
    engine.offer("name", [("91A", "恒力机械")])
    assert engine.press("enter") == [Picked("name", "91A")]


def test_nothing_is_picked_that_there_was_no_room_to_show() -> None:
    engine = FormEngine(CHOOSING[2:], {}, lambda choices: choices[:1])
    engine.offer("remark", [("甲", "甲"), ("乙", "乙")])
    engine.type("2")
    assert engine.current()["remark"] == "2"


def test_what_is_missing_is_found_all_at_once() -> None:
    engine = FormEngine(FIELDS, {"hours": "40", "day": "2020-02-30"})
    assert [field.key for field, _ in engine.faults()] == ["name", "day"]


def test_a_text_with_suggestions_takes_a_digit_or_anything_else() -> None:
    platforms = (("甲平台", "甲平台"), ("乙平台", "乙平台"))
    fields = (Field("platform", "线上平台", 20, choices=platforms), Field("provider", "培训服务单位", 20))
    picked, typed = FormEngine(fields, {}), FormEngine(fields, {})
    picked.type("2")
    typed.type("丙平台2")
    typed.press("enter")
    assert (picked.values["platform"], picked.field.key) == ("乙平台", "provider")
    assert (typed.values["platform"], typed.field.key) == ("丙平台2", "provider")


def test_what_is_new_today_takes_no_digit_from_what_was_there() -> None:
    for newer in ((), (("烘干工", "烘干工"),)):
        engine = FormEngine(intake_fields(date(2020, 3, 16), shipped_rulebook().latest), {})
        engine.go_to("occupation")
        engine.offer("occupation", [("电焊工", "电焊工"), ("花卉工", "花卉工")], newer)
        keyed(engine, "hg")
        assert engine.offered[:1] == (("电焊工", "电焊工"),)
        keyed(engine, "1")
        assert engine.values["occupation"] == "电焊工"


METHODS = (("live", "在线直播"), ("recorded", "录播"), ("documents", "资料"))
ASKING = (
    Field("kind", "类别", 10, Alphabet.CHOICE, choices=(("school", "学校"), ("firm", "企业"))),
    Field("relevance", "关联", 20, applies=lambda values: values.get("kind") == "firm"),
    Field("methods", "方式", 30, Alphabet.SEVERAL, choices=METHODS),
    Field("remark", "备注", 20),
)


def test_several_are_chosen_by_their_digits_and_given_back_by_the_same() -> None:
    engine = FormEngine(ASKING, {})
    engine.go_to("methods")
    assert keyed(engine, "3", "1") == []
    assert (engine.drawn.text, engine.field.key) == ("在线直播、资料", "methods")
    keyed(engine, "3", "2", "<enter>")
    assert engine.field.key == "remark"
    assert engine.values["methods"] == "live recorded"
    assert ASKING[2].shown("live recorded") == "在线直播、录播"


@pytest.mark.parametrize(("keys", "left"), [(("<backspace>",), "live"), (("<delete>",), ""), (("<f2>", "12"), "")])
def test_what_was_chosen_is_taken_out_with_the_keys_of_a_text(keys: tuple[str, ...], left: str) -> None:
    engine = FormEngine(ASKING, {"methods": "live recorded"})
    engine.go_to("methods")
    keyed(engine, *keys, "<tab>")
    assert engine.values["methods"] == left


@pytest.mark.parametrize("typed", ["4", "直播", "0"])
def test_what_is_no_digit_of_several_is_refused_with_their_list(typed: str) -> None:
    engine = FormEngine(ASKING, {"methods": "live"})
    engine.go_to("methods")
    (refused,) = engine.type(typed)
    assert refused == InputRefused("方式可选几项，请按编号：1在线直播  2录播  3资料")
    assert engine.current()["methods"] == "live"


def test_esc_brings_back_what_was_chosen_before() -> None:
    engine = FormEngine(ASKING, {"methods": "live"})
    engine.go_to("methods")
    keyed(engine, "2", "3")
    assert engine.restore()
    assert engine.current()["methods"] == "live"


def test_a_field_that_the_other_answers_leave_nothing_to_ask_of_is_passed_over_both_ways() -> None:
    engine = FormEngine(ASKING, {})
    keyed(engine, "1")
    assert engine.field.key == "methods"
    keyed(engine, "<up>")
    assert engine.field.key == "kind"
    keyed(engine, "2")
    assert engine.field.key == "relevance"
    keyed(engine, "<ctrl+end>", "<ctrl+home>", "<down>")
    assert engine.field.key == "relevance"


def test_what_is_wrong_where_nothing_is_asked_keeps_nobody_from_storing() -> None:
    fields = (ASKING[0], Field("relevance", "关联", 20, required=True, applies=ASKING[1].applies))
    assert [field.key for field, _ in FormEngine(fields, {"kind": "school"}).faults()] == []
    assert [field.key for field, _ in FormEngine(fields, {"kind": "firm"}).faults()] == ["relevance"]
