"""What belongs to the office and to no case: staff, lists, settings, money. Reached from the menu and from the desk."""

from pxtui.identifiers.text import canonical
from screens.frame.screen import Handlers
from screens.office.one_list import OneList
from screens.widgets.listing import ListColumn

PAGES = (
    ("1", "人员", "staff", "在岗人员和岗位，增加、改岗位、离岗"),
    ("2", "以往培训", "trainings", "按人查找，录入、导入清单，删去误录的"),
    ("3", "补贴目录", "tariffs", "线下程序的补贴标准，录入、导入"),
    ("4", "设置", "settings", "电话、地址、期限、二次录入、岗位分设等"),
    ("5", "资金来源", "funds", "额度、已拨付、余额，登记来源、增加额度"),
    ("6", "疫情解除", "lifting", "登记、签署、更正，查看涉及的案件"),
    ("7", "部门交换", "exchange", "公钥，导入导出其他部门的培训和凭证"),
    ("8", "放假安排", "calendar", "新一年的放假安排，录入、签署"),
    ("9", "报表", "reports", "日报、月报、追回台账，出具、重印"),
    ("0", "文书用语", "wordings", "自己的用语和模板：可改之处、错处，出样张"),
    ("b", "备份", "backups", "最近一次、全部备份、密钥和演练，现在备份"),
    ("w", "外部名单", "outside_lists", "养老、死亡、财政供养等名单，导入、比对、认定"),
    ("d", "督导统计", "statistics", "人数、学时、金额、时间、逾期，按部门、月份等"),
)
"""The digit of a page, its name, its screen, and what is done there; a digit means the same for good.

There are ten digits: what came later has the letter that its name begins with.
"""


class Office(OneList):
    """The pages; a digit or Enter opens one."""

    name_in_keymap = "office"
    columns = (ListColumn("到哪一页", 14), ListColumn("办什么", 0))

    def handlers(self) -> Handlers:
        """Enter for a page."""
        return {**super().handlers(), "go": self.do_go}

    def opened(self) -> None:
        """Show the pages."""
        self.show_title("本部门", "不属于哪一件案件的事")
        self.listing.show((f"{digit} {name}", what) for digit, name, _, what in PAGES)

    def typed(self, character: str) -> None:
        """The digit before a page goes there at once."""
        digits = [digit for digit, *_ in PAGES]
        if (key := canonical(character).lower()) in digits:
            self.listing.index = digits.index(key)
            self.listing.refresh()
            self.do_go()
        else:
            self.warn(f"没有“{character}”，请按行首的数字或字母，或上下键选择后按Enter。")

    def do_go(self) -> None:
        """Enter."""
        _, _, screen, _ = PAGES[self.listing.index]
        self.counter.open(screen)

    def help_texts(self) -> tuple[str, ...]:
        """What is here."""
        return ("本部门：不属于哪一件案件的事，按行首的数字或字母打开，不会变；Esc逐屏返回。",)
