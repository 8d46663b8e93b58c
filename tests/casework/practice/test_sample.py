"""Whoever changes a word or a template sees at once how the paper comes out, whatever cases the office has."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from shutil import copytree

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from sqlmodel import func, select

from db.models import Case, JournalEntry, PaperIssued
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.practice import sample
from pxtui.casework.practice.sample import ACTING, acting_for, register_with_every_paper
from pxtui.casework.printed import sample as sample_of_own
from pxtui.casework.printed.catalogue import BY_FORM, OFFICE_KINDS
from pxtui.errors import PxtuiError
from pxtui.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    register = register_with_every_paper(Home(tmp_path_factory.mktemp("sample") / "practice"))
    yield register
    register.close()


@pytest.mark.parametrize("form", [*BY_FORM, *OFFICE_KINDS])
def test_every_paper_has_a_sample(practice: Register, form: str) -> None:
    with practice.reading(acting_for(form)) as context:
        name, content = sample_of_own.sample_of(context, form)
    kind = BY_FORM.get(form) or OFFICE_KINDS[form]
    assert name.startswith(f"样张 {kind.name.split()[0]}")
    assert content


@pytest.fixture
def made_before(practice: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The practice cases are copied, and not made for every sample: that takes seconds."""

    def copied(home: Home) -> Register:
        copytree(practice.home.root, home.root)
        return open_register(home, ACTING.at)

    monkeypatch.setattr(sample, "register_with_every_paper", copied)


@pytest.mark.usefixtures("made_before")
def test_an_office_without_cases_sees_its_own_template_with_a_practice_case(register: Register, acting: Acting) -> None:
    template = Workbook()
    sheet = template.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["B2"] = "本局公示 {{heads}}人", "{{units.applicant_name}}", "{{units.amount}}"
    register.home.templates.mkdir()
    template.save(register.home.templates / "public-notice.xlsx")
    with register.reading(acting) as context:
        name, content = sample.sample_of(context, "public-notice")
        counts = [context.session.exec(select(func.count()).select_from(table)).one() for table in (Case, PaperIssued)]
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert name == "样张 公示（稿） 演练案件.xlsx"
    assert str(rows[0][0]).startswith("本局公示")
    assert all(str(row[0]).startswith("攀枝花市") and isinstance(row[1], float) for row in rows[1:3])
    assert counts == [0, 0]


@pytest.mark.usefixtures("made_before")
def test_a_mistake_in_the_template_is_told_and_not_hidden_behind_another_case(
    register: Register, acting: Acting
) -> None:
    register.home.wording.mkdir()
    (register.home.wording / "payment-slip.toml").write_text('[labels]\npaid = "{nobody}"\n', encoding="utf-8")
    with register.reading(acting) as context, pytest.raises(PxtuiError, match=r"payment-slip\.toml中“paid”"):
        sample.sample_of(context, "payment-slip")


def test_a_case_that_is_named_and_cannot_have_the_paper_is_not_replaced_by_another(
    practice: Register,
) -> None:
    with practice.reading(ACTING) as context:
        number = context.session.exec(select(Case.id)).first()
        before = context.session.exec(select(func.count()).select_from(JournalEntry)).one()
        assert number
        with pytest.raises(PxtuiError, match="请换一个案件"):
            sample.sample_of(replace(context), "payment-slip", "2020-DQ-0047")
        assert context.session.exec(select(func.count()).select_from(JournalEntry)).one() == before
