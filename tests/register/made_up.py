"""Made-up firms, sellers and people, the same for the same seed: numbers with valid check digits, names of nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stdnum.cn import uscc

from pxtui.identifiers.id_number import check_character

COUNTIES = {"510402": "dongqu", "510403": "xiqu", "510411": "renhe", "510421": "miyi", "510422": "yanbian"}
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国红梅志文博宇浩然子涵雪琴春燕海峰家豪思远晓东立新丹青云飞"
)
_OWN_NAMES = (
    "恒昌瑞丰宏泰金鼎华盛天成永兴德利嘉禾东来远航鑫源启明同创百川万和佳信正阳广汇凯达力诚"
    + "青禾云岭朝晖安宁蓝图长河中坚群力新程方圆"
)
_TRADES = (
    "机械有限公司",
    "物流有限公司",
    "钒钛科技有限公司",
    "建材有限责任公司",
    "餐饮管理有限公司",
    "农业开发有限公司",
    "商贸有限公司",
)
_STREETS = ("炳草岗大街", "机场路", "人民街", "苏铁中路", "河门口街", "仁和路", "同德大道", "安宁路")
_BORN_IN = (*COUNTIES, "513401", "513422", "510104", "510703", "511502", "530112", "520102")
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SELLERS = (
    "成都职业培训网络学院",
    "四川省职业网络培训学院",
    "技工教育网络服务有限公司",
    "川西在线教育科技有限公司",
    "锦江职业技能培训学校",
    "蜀中远程教育有限公司",
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A trainee."""

    name: str
    sex: str
    born: date
    id_number: str
    phone: str


@dataclass(slots=True)
class Firm:
    """A firm with those who work there."""

    name: str
    code: str
    county: str
    legal: str
    legal_phone: str
    contact: str
    contact_phone: str
    address: str
    account: str
    kind: str = "enterprise"
    people: list[Somebody] = field(default_factory=list)

    @property
    def office(self) -> str:
        """The office that its county applies to."""
        return COUNTIES[self.county]


class World:
    """Whoever is asked for is somebody new."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._phone = 0
        self._firm = 0
        self._account = 0
        self._in_a_row = 0
        # Each book of invoices has numbers of its own, as the tax office gives them out.
        self._invoice = {seller: 10_000_000 * place for place, seller in enumerate(SELLERS, 1)}
        self._book = 80_000_000
        self._ids: dict[str, int] = {}

    def firm(self, heads: int, county: str = "") -> Firm:
        """A firm with so many people."""
        self._firm += 1
        draw = self.random
        chosen = county or draw.choice(list(COUNTIES))
        own = "".join(draw.sample(_OWN_NAMES, 2))
        legal, contact = self.name(), self.name()
        self._account += 1
        firm = Firm(
            f"攀枝花市{own}{self._firm}{draw.choice(_TRADES)}",
            self._code(),
            chosen,
            legal,
            self.phone(),
            contact,
            self.phone(),
            f"{draw.choice(_STREETS)}{self._firm}号",
            f"5104{self._account:012}",
        )
        firm.people = [self.somebody() for _ in range(heads)]
        return firm

    def somebody(self) -> Somebody:
        """A person of working age."""
        draw = self.random
        sex = draw.choice("男女")
        born = date(1971, 6, 1) + timedelta(days=draw.randrange(365 * 30))
        return Somebody(self.name(), sex, born, self.id_number(born, sex), self.phone())

    def name(self) -> str:
        """Surname and one or two characters."""
        draw = self.random
        return draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2, 2))))

    def phone(self) -> str:
        """A mobile number that nobody else here has."""
        self._phone += 1
        return f"1{self.random.choice('35789')}{self._phone:09}"

    def id_number(self, born: date, sex: str, order: int | None = None) -> str:
        """A valid number that nobody else here has; those born on one day are numbered apart, as they are."""
        area = self.random.choice(_BORN_IN)
        place = f"{area}{born:%Y%m%d}{sex}"
        if order is None:
            # Far enough from each other that two neighbours are no run.
            order = self._ids.get(place, self.random.randrange(8))
            self._ids[place] = order + 3 + self.random.randrange(8)
        first_17 = f"{area}{born:%Y%m%d}{order * 2 + (1 if sex == '男' else 0):03}"
        return first_17 + check_character(first_17)

    def in_a_row(self, count: int) -> Iterator[str]:
        """Numbers that follow each other, as whoever invents them writes them down."""
        self._in_a_row += 1
        born = date(1985, 1, 1) + timedelta(days=self._in_a_row)
        for order in range(count):
            # Of a county that is none, so that nobody else here has them.
            first_17 = f"510499{born:%Y%m%d}{order * 2 + 1:03}"
            yield first_17 + check_character(first_17)

    def invoice(self, seller: str) -> str:
        """The next number of a seller's book; others buy between two of ours."""
        if seller not in self._invoice:
            self._book += 1_000
            self._invoice[seller] = self._book
        self._invoice[seller] += 2 + self.random.randrange(40)
        return f"{self._invoice[seller]:08}"

    def _code(self) -> str:
        body = "91510400" + "MA" + "".join(self.random.choices(_CODE_ALPHABET, k=7))
        return body + uscc.calc_check_digit(body)
