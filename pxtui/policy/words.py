"""Chinese words for the codes of the facts, one place for screens, messages and papers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pxtui.identifiers.text import canonical, has_shape
from pxtui.identifiers.voucher_number import voucher_key
from pxtui.policy.facts import (
    Delivery,
    Evidence,
    Fee,
    Format,
    Group,
    Kind,
    Level,
    Material,
    PastTraining,
    Route,
    Size,
    Trainees,
    VoucherUse,
)

KINDS = {Kind.ENTERPRISE: "企业", Kind.TRAINING_INSTITUTION: "培训机构（院校）"}
SIZES = {Size.LARGE: "大型", Size.MEDIUM: "中型", Size.SMALL: "小型", Size.MICRO: "微型"}
GROUPS = {
    Group.PANGANG: "攀钢",
    Group.SHIJIUYE: "十九冶",
    Group.PANMEI: "攀煤",
    Group.GANGCHENG: "钢城集团",
}
TRAINEES = {
    Trainees.EMPLOYEES: "本企业职工",
    Trainees.KEY_GROUPS: "重点就业群体",
    Trainees.COLLEGE_STUDENTS: "在校大学生",
}
LEVELS = {
    Level.FIVE: "五级",
    Level.FOUR: "四级",
    Level.THREE: "三级",
    Level.TWO: "二级",
    Level.ONE: "一级",
}
FORMATS = {
    Format.PURCHASED: "购买培训服务",
    Format.SELF_DEVELOPED: "自主开发课件",
    Format.OWN_TEACHERS: "选聘（本机构）师资",
}
FEES = {Fee.PAID: "有偿", Fee.FREE: "免费"}
MATERIALS = {
    Material.ATTACHMENT_1: "附件1 培训申请表",
    Material.ATTACHMENT_2: "附件2 参训人员花名册",
    Material.BUSINESS_LICENCE: "企业营业执照复印件",
    Material.LABOUR_CONTRACTS: "职工劳动合同复印件",
    Material.IDENTITY_PROOFS: "重点就业群体身份证明",
    Material.ATTACHMENT_3: "附件3 补贴申请表",
    Material.ATTACHMENT_4: "附件4 补贴申报花名册",
    Material.TEACHING_RECORDS: "授课记录证明材料",
    Material.COST_VOUCHERS: "培训成本证明材料",
}
EVIDENCE = {
    Evidence.SIGN_IN: "签到注册",
    Evidence.LEARNING_RECORD: "学习记录",
    Evidence.Q_AND_A: "答疑测试",
    Evidence.FINAL_EXAM: "结业考核",
}
DELIVERIES = {Delivery.ONLINE: "线上", Delivery.OFFLINE: "线下"}
ROUTES = {
    Route.SME_PAID: "中小企业有偿线上培训（培训结束后直接申请补贴）",
    Route.CATALOGUE: "计入总学时（疫情解除后按线下程序申领）",
    Route.NONE: "免费培训，不享受补贴",
}


_READABLE_PLACES = 12
_BLANK = "空白"


def quoted(text: str | None) -> str:
    """A name or number as a message cites it: without blanks and invisible characters, and never as nothing."""
    # A direction mark between digits would turn the rest of the sentence round on some terminals.
    return "".join(filter(_is_seen, canonical(text))) or _BLANK


def _is_seen(character: str) -> bool:
    # U+034F is a combining character by its category, and has no shape.
    return has_shape(character) and character != "\u034f"


def occupation_and_level(occupation: str, level: Level | None) -> str:
    """`焊工五级`; without a level the occupation alone."""
    return f"{canonical(occupation) or '职业未填'}{LEVELS[level] if level else ''}"


def training_as_evidence(training: PastTraining) -> str:
    """One other training as it is cited in a message: where it is filed, what it was and its days."""
    source = f"{training.source} " if training.source else ""
    what = occupation_and_level(training.occupation, training.level)
    until = f"至{training.ends_on}" if training.ends_on else "起，尚未结束"
    return f"{source}{what}（{DELIVERIES[training.delivery]}，{training.starts_on}{until}）"


def voucher_use(number: str, uses: Iterable[VoucherUse]) -> str:
    """Where a voucher is used, in brackets: `（东区 2020-DQ-0017）`; empty where nobody knows."""
    key = voucher_key(number)
    sources = dict.fromkeys(use.source for use in uses if use.source and voucher_key(use.number) == key)
    return f"（{'、'.join(sources)}）" if sources else ""


def hours(number: Decimal) -> str:
    """Hours without idle zeros: `40`, `37.5`; absurd ones short."""
    text = f"{number:f}" if abs(number.adjusted()) < _READABLE_PLACES else f"{number:.3e}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_with_weekday(day: date) -> str:
    """`2020-03-16 周一`."""
    return f"{day} 周{'一二三四五六日'[day.weekday()]}"
