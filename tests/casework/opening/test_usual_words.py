"""What a digit picks in the morning it picks in the evening: the usual words keep their order for a day."""

from dataclasses import replace
from datetime import timedelta

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.usual_words import UsualWords, WordList, usual_words
from tests.support.filings import a_filing


def filed(register: Register, acting: Acting, *occupations: str, provider: str = "") -> None:
    """Cases of these occupations, one after the other."""
    filing = replace(a_filing(), received_on=acting.today)
    for occupation in occupations:
        training = replace(filing.training, occupation=occupation, provider=provider or filing.training.provider)
        with register.writing(acting) as context:
            opening_filing.file(context, replace(filing, training=training))


def words(register: Register, acting: Acting) -> UsualWords:
    with register.reading(acting) as context:
        return usual_words(context)


def test_what_is_used_today_moves_nothing_today_or_tomorrow(register: Register, acting: Acting) -> None:
    before = words(register, acting).occupations
    assert before.known[:4] == ("焊工", "电工", "钳工", "车工")
    filed(register, acting, "钳工", "钳工", "钳工", "工业机器人操作员")
    assert words(register, acting).occupations == WordList(before.known, ("工业机器人操作员",))
    tomorrow = replace(acting, at=acting.at + timedelta(days=1))
    assert words(register, tomorrow).occupations == WordList((*before.known, "工业机器人操作员"), ())


def test_a_new_word_of_today_stands_behind_and_one_of_yesterday_by_its_first_use(
    register: Register, acting: Acting
) -> None:
    filed(register, acting, "焊工", provider="甲培训学校")
    assert words(register, acting).providers == WordList((), ("甲培训学校",))
    tomorrow = replace(acting, at=acting.at + timedelta(days=1))
    filed(register, tomorrow, "焊工", "焊工", provider="乙培训学校")
    assert words(register, tomorrow).providers == WordList(("甲培训学校",), ("乙培训学校",))
    later = replace(acting, at=acting.at + timedelta(days=2))
    assert words(register, later).providers == WordList(("甲培训学校", "乙培训学校"), ())


def test_what_is_always_offered_is_never_new() -> None:
    assert WordList(("乙",), ("甲", "丙")).behind(("甲",)) == WordList(("甲", "乙"), ("丙",))
