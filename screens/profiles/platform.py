"""The page of a platform, a provider or an occupation."""

from collections.abc import Iterator

from pxtui.casework.profiles import subject
from pxtui.casework.profiles.classes import ClassLine
from pxtui.casework.profiles.subject import SubjectPage
from pxtui.policy.subsidy import yuan
from screens.profiles.page import Line, ProfilePage, case_line
from screens.terminal.theme import CAUTION, HEAD
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph


class Platform(ProfilePage):
    """Related names and enterprises, then the classes. Opened with the kind and the name."""

    name_in_keymap = "platform"
    what = "平台"
    columns = (
        ListColumn("编号、种类", 21),
        ListColumn("开班", 10),
        ListColumn("培训、名称", 0),
        ListColumn("情况", 12),
        ListColumn("人数", 4, right=True),
        ListColumn("批准（元）", 12, right=True),
        ListColumn("单位", 30, spare=True, names_firms=True),
    )

    def load(self) -> None:
        """Ask for the page."""
        self.read(subject.subject_page, self.subject, then=self._show, hold=True)

    def _show(self, page: SubjectPage) -> None:
        right = f"{page.classes_count}个班"
        self.show_page(page.kind, right, _facts(page), [*_related(page), *map(_class, page.classes)])

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "平台、培训机构、职业：全部的班，批准的钱占全部的多少，同时用的培训机构或平台；培训机构还列出台账里同名、"
            "同代码的单位，其法定代表人、经办人、电话、地址，是否自己也申请。Enter打开案件、单位、平台。",
        )


def _facts(page: SubjectPage) -> Iterator[Paragraph]:
    yield f"{page.kind}：{page.name}", HEAD
    yield f"{page.in_words}。"
    if page.domains:
        yield f"{page.domains}。"
    if any(each.is_own_customer for each in page.enterprises):
        yield "注意 培训机构自己也申请补贴，买的是自己的服务，请核实。", CAUTION


def _related(page: SubjectPage) -> Iterator[Line]:
    for firm in page.enterprises:
        state = "也是申请人" if firm.is_own_customer else "同名或同码"
        yield Line(("单位", "", firm.name, state, "", "", ""), (firm.sentence,), "enterprise", firm.applicant_id)
    for name in page.related:
        cells = (name.kind, "", name.name, f"{name.classes}个班", "", yuan(name.approved_fen), "")
        yield Line(cells, (f"{name.kind}{name.name}。",), "platform", (name.kind, name.name))


def _class(line: ClassLine) -> Line:
    cells = (
        line.source,
        f"{line.starts_on}",
        line.what,
        line.state,
        "" if line.heads is None else str(line.heads),
        "" if line.approved_fen is None else yuan(line.approved_fen),
        line.firm,
    )
    told = f"{line.source} {line.firm} {line.what} {line.starts_on}至{line.ends_on}"
    return case_line(cells, (told, "  ".join(filter(None, (line.platform, line.provider)))), line.number, line.stage)
