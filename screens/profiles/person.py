"""The page of a person."""

from collections.abc import Iterator

from pxtui.casework.profiles import person as person_profile
from pxtui.casework.profiles.of_person import TrainingLine
from pxtui.casework.profiles.person import PersonPage
from screens.frame.screen import Handlers
from screens.profiles.page import Line, ProfilePage, case_line
from screens.terminal.theme import HEAD
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

_NO_PLACE = {True: "还没有决定，批准后占名额。", False: "不占名额。"}


class Person(ProfilePage):
    """Trainings, then names, phones and people with the same phone. Opened with a look-up key, which names nobody."""

    name_in_keymap = "person"
    what = "人员"
    columns = (
        ListColumn("开始、电话", 11),
        ListColumn("结束", 10),
        ListColumn("职业、姓名", 0),
        ListColumn("名额", 4),
        ListColumn("情况", 16),
        ListColumn("拨付（元）", 17),
        ListColumn("来源", 30, spare=True),
    )

    def handlers(self) -> Handlers:
        """The page is opened in full."""
        return {**super().handlers(), "reveal": self.do_reveal}

    def load(self) -> None:
        """Ask for the page."""
        self.read(person_profile.person_page, self.subject, then=self._show, hold=True)

    def _show(self, page: PersonPage) -> None:
        lines = [*map(_training, page.trainings), *_besides(page)]
        self.show_page(self.what, f"本年{page.this_year.in_words.partition(' ')[2]}次", _facts(page), lines)

    def do_reveal(self) -> None:
        """Ctrl+C."""
        self.ask_to_open_in_full(person_profile.open_in_full)

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "人员：各部门、各年度的全部培训，线上、线下、清单里的和没有决定的；占用的名额、怎样腾出，每次拨付多少；"
            "另外的姓名、电话，和谁同一电话。Enter打开案件或同号的人员。",
            "其他部门的案件只列日期、职业和部门。Ctrl+C写明理由看全号，记入办理记录，每天有次数。",
        )


def _facts(page: PersonPage) -> Iterator[Paragraph]:
    yield f"{page.name} {page.masked_number}".strip(), HEAD
    for year in page.years:
        places = "；".join(place.what for place in year.taken) or "没有占用名额"
        yield f"{year.in_words}：{places}。"


def _training(line: TrainingLine) -> Line:
    ends_on = f"{line.ends_on}" if line.ends_on else "未结束"
    cells = (f"{line.starts_on}", ends_on, line.what, line.place, line.state or line.manner, line.money, line.source)
    told = f"{line.source} {line.firm} {line.manner}"
    freed = f"占{line.starts_on.year}年的名额。腾出：{line.freed_by}。" if line.freed_by else _NO_PLACE[line.is_open]
    return case_line(cells, (told, freed), line.number, line.stage)


def _besides(page: PersonPage) -> Iterator[Line]:
    for name in page.other_names:
        yield _fact("", name, "另一姓名", "同一证号在花名册里的另一个姓名，请看身份证核对。")
    for phone in page.phones:
        yield _fact(
            phone.partition("（")[0], phone.partition("（")[2].rstrip("）"), "电话", f"花名册里的电话：{phone}。"
        )
    for number in page.other_numbers:
        yield _fact("", number, "另一证号", "姓名、电话相同，证号不同：是否改过证号，请核对。")
    for other in page.shared_phones:
        told = f"与{other.name}同一电话 {other.phone}：{other.where}。"
        cells = (other.phone, "", f"{other.name} {other.masked_number}".strip(), "", "同一电话", "", other.where)
        if other.applicant_id is not None:
            yield Line(cells, (told,), "enterprise", other.applicant_id)
        else:
            yield Line(cells, (told,), "person" if other.key else "", other.key)


def _fact(first: str, what: str, kind: str, told: str) -> Line:
    return Line((first, "", what, "", kind, "", ""), (told,))
