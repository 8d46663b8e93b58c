"""The phrases of the scenarios: each is a pattern and what it changes; README.md lists them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from pxtui.policy import words
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
    Size,
    Trainees,
    Voucher,
)
from tests.scenarios.scene import NAME, Scene, id_number, typed

OFFICES = {
    "东区": "dongqu",
    "西区": "xiqu",
    "仁和区": "renhe",
    "米易县": "miyi",
    "盐边县": "yanbian",
    "鉴定指导中心": "city-skills-centre",
    "就创中心": "city-employment-centre",
}
_COUNTIES = {"东区": "510402", "西区": "510403", "仁和区": "510411", "米易县": "510421", "盐边县": "510422"}
_GROUPS = {name: group for group, name in words.GROUPS.items()}
_SIZES = {name: size for size, name in words.SIZES.items()}
_TRAINEES = {name: kind for kind, name in words.TRAINEES.items()}
_LEVELS: dict[str, Level | None] = {name: level for level, name in words.LEVELS.items()} | {"无等级": None}
_FORMATS = {"购买服务": Format.PURCHASED, "自主开发": Format.SELF_DEVELOPED, "自聘师资": Format.OWN_TEACHERS}
_MATERIALS = {
    "附件1": Material.ATTACHMENT_1,
    "附件2": Material.ATTACHMENT_2,
    "附件3": Material.ATTACHMENT_3,
    "附件4": Material.ATTACHMENT_4,
    "营业执照": Material.BUSINESS_LICENCE,
    "劳动合同": Material.LABOUR_CONTRACTS,
    "身份证明": Material.IDENTITY_PROOFS,
    "授课记录": Material.TEACHING_RECORDS,
    "成本证明": Material.COST_VOUCHERS,
}
_EVIDENCE = {name: kind for kind, name in words.EVIDENCE.items()}
_DELIVERIES = {name: kind for kind, name in words.DELIVERIES.items()}
_DAY = r"(\d{4}-\d\d-\d\d)"


@dataclass(frozen=True)
class Phrase:
    """How it is written and what it does with what stands in its gaps."""

    shown: str
    """As the README shows it, gaps as ○."""
    pattern: re.Pattern[str]
    act: Callable[..., None]


PHRASES: list[Phrase] = []


def phrase(shown: str, pattern: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Enter a phrase."""

    def enter(act: Callable[..., None]) -> Callable[..., None]:
        PHRASES.append(Phrase(shown, re.compile(pattern), act))
        return act

    return enter


def _one_of(known: dict[str, Any]) -> str:
    return f"({'|'.join(sorted(known, key=len, reverse=True))})"


@phrase("开班申请", "开班申请")
def _opening(scene: Scene) -> None:
    """Nothing changes: it is the beginning."""


@phrase("补贴申请", "补贴申请")
def _claim(scene: Scene) -> None:
    scene.claim()


@phrase("○日申请", f"{_DAY}申请")
def _decided(scene: Scene, day: str) -> None:
    scene.decided_on = date.fromisoformat(day)


@phrase("单位在○", f"单位在{_one_of(_COUNTIES)}")
def _county(scene: Scene, county: str) -> None:
    scene.applicant = replace(scene.applicant, county=_COUNTIES[county])


@phrase("交到○", f"交到{_one_of(OFFICES)}")
def _office(scene: Scene, office: str) -> None:
    scene.office = OFFICES[office]


@phrase("开班由○批准", f"开班由{_one_of(OFFICES)}批准")
def _opened_by(scene: Scene, office: str) -> None:
    scene.opened_by = OFFICES[office]


@phrase("开班批准机关不明", "开班批准机关不明")
def _opened_by_nobody_knows(scene: Scene) -> None:
    scene.opened_by = None


@phrase("属○", f"属{_one_of(_GROUPS)}")
def _group(scene: Scene, group: str) -> None:
    scene.applicant = replace(scene.applicant, group=Group(_GROUPS[group]))


@phrase("属钒钛新城", "属钒钛新城")
def _zone(scene: Scene) -> None:
    scene.applicant = replace(scene.applicant, vanadium_titanium_zone=True)


@phrase("○企业（大型、中型、小型、微型）", f"{_one_of(_SIZES)}企业")
def _size(scene: Scene, size: str) -> None:
    scene.applicant = replace(scene.applicant, size=Size(_SIZES[size]))


@phrase("规模不明", "规模不明")
def _no_size(scene: Scene) -> None:
    scene.applicant = replace(scene.applicant, size=None)


@phrase("培训机构", "培训机构")
def _institution(scene: Scene) -> None:
    scene.applicant = replace(scene.applicant, kind=Kind.TRAINING_INSTITUTION, size=None)


@phrase("信用代码○", "信用代码(空|[0-9A-Za-z]+)")
def _credit_code(scene: Scene, code: str) -> None:
    scene.applicant = replace(scene.applicant, credit_code="" if code == "空" else code)


@phrase("培训○（本企业职工、重点就业群体、在校大学生）", f"培训{_one_of(_TRAINEES)}")
def _trainees(scene: Scene, kind: str) -> None:
    scene.training = replace(scene.training, trainees=Trainees(_TRAINEES[kind]))


@phrase("另交○", f"另交{_one_of(_MATERIALS)}")
def _more_material(scene: Scene, name: str) -> None:
    scene.materials.add(_MATERIALS[name])


@phrase("缺○（材料或过程证明）", f"缺{_one_of(_MATERIALS | _EVIDENCE)}")
def _missing(scene: Scene, name: str) -> None:
    if name in _MATERIALS:
        scene.materials.discard(_MATERIALS[name])
    else:
        scene.evidence.discard(Evidence(_EVIDENCE[name]))


@phrase("○（购买服务、自主开发、自聘师资）", _one_of(_FORMATS))
def _format(scene: Scene, name: str) -> None:
    scene.training = replace(scene.training, format=_FORMATS[name])


@phrase("免费", "免费")
def _free(scene: Scene) -> None:
    scene.training = replace(scene.training, fee=Fee.FREE)


@phrase("与主营业务无关", "与主营业务无关")
def _not_main(scene: Scene) -> None:
    scene.training = replace(scene.training, main_business=False)


@phrase("平台○", "平台(.+)")
def _platform(scene: Scene, name: str) -> None:
    scene.training = replace(scene.training, platform=None if name == "空" else name)


@phrase("提供单位○（空、本单位）", "提供单位(.+)")
def _provider(scene: Scene, name: str) -> None:
    scene.training = replace(scene.training, provider=_firm(name))


@phrase("工种○", "工种(.+)")
def _occupation(scene: Scene, name: str) -> None:
    scene.training = replace(scene.training, occupation=name)


@phrase("等级○（五级至一级、无等级）", f"等级{_one_of(_LEVELS)}")
def _level(scene: Scene, name: str) -> None:
    scene.training = replace(scene.training, level=_LEVELS[name])


@phrase("○日开班", f"{_DAY}开班")
def _starts(scene: Scene, day: str) -> None:
    scene.training = replace(scene.training, starts_on=date.fromisoformat(day))


@phrase("○日结束", f"{_DAY}结束")
def _ends(scene: Scene, day: str) -> None:
    scene.training = replace(scene.training, ends_on=date.fromisoformat(day))


@phrase("课程○学时", r"课程([\d.]+)学时")
def _hours(scene: Scene, hours: str) -> None:
    scene.training = replace(scene.training, course_hours=Decimal(hours))


@phrase("○日宣布解除", f"{_DAY}宣布解除")
def _lifted(scene: Scene, day: str) -> None:
    scene.lifted_on = date.fromisoformat(day)


@phrase("○人", r"(\d+)人")
def _heads(scene: Scene, heads: str) -> None:
    scene.set_heads(int(heads))


@phrase("合格○人（其余不合格）", r"合格(\d+)人")
def _passed(scene: Scene, heads: str) -> None:
    for row in scene.people[int(heads) :]:
        scene.change(row.seq, passed=False)


@phrase("第○人证号○（空、少一位、校验码错、与第○人相同）", r"第(\d+)人证号(空|少一位|校验码错|[0-9A-Za-z]+)")
def _number(scene: Scene, seq: str, told: str) -> None:
    number = scene.people[int(seq) - 1].id_number
    spoilt = {"空": "", "少一位": number[:-1], "校验码错": number[:-1] + ("0" if number[-1] != "0" else "1")}
    scene.change(int(seq), id_number=spoilt.get(told, told))


@phrase("第○人证号与第○人相同", r"第(\d+)人证号与第(\d+)人相同")
def _same_number(scene: Scene, seq: str, other: str) -> None:
    scene.change(int(seq), id_number=scene.people[int(other) - 1].id_number)


@phrase("第○人○日出生（男、女）", rf"第(\d+)人{_DAY}出生([男女])")
def _born(scene: Scene, seq: str, day: str, sex: str) -> None:
    number = id_number(date.fromisoformat(day), woman=sex == "女", order=int(seq))
    scene.change(int(seq), id_number=number)


@phrase("第○人性别○", r"第(\d+)人性别([男女])")
def _sex(scene: Scene, seq: str, sex: str) -> None:
    scene.change(int(seq), sex=sex)


@phrase("第○人年龄○岁", r"第(\d+)人年龄(\d+)岁")
def _age(scene: Scene, seq: str, age: str) -> None:
    scene.change(int(seq), age=int(age))


@phrase("第○人电话○", r"第(\d+)人电话(空|[\d-]+)")
def _phone(scene: Scene, seq: str, phone: str) -> None:
    scene.change(int(seq), phone="" if phone == "空" else phone)


@phrase("第○人课程○学时", r"第(\d+)人课程([\d.]+)学时")
def _own_hours(scene: Scene, seq: str, hours: str) -> None:
    scene.change(int(seq), course_hours=Decimal(hours))


@phrase("第○人完成○学时（或未填）", r"第(\d+)人完成(?:([\d.]+)学时|学时未填)")
def _completed(scene: Scene, seq: str, hours: str | None) -> None:
    scene.change(int(seq), completed_hours=None if hours is None else Decimal(hours))


@phrase("第○人考核○（合格、不合格、未填）", r"第(\d+)人考核(合格|不合格|未填)")
def _exam(scene: Scene, seq: str, told: str) -> None:
    scene.change(int(seq), passed={"合格": True, "不合格": False, "未填": None}[told])


@phrase("第○人账号○", r"第(\d+)人账号(\w+)")
def _account(scene: Scene, seq: str, account: str) -> None:
    scene.change(int(seq), account="" if account == "空" else account)


@phrase("第○人不在批准名单", r"第(\d+)人不在批准名单")
def _stranger(scene: Scene, seq: str) -> None:
    scene.not_approved.add(int(seq))


@phrase("批准名单另有○人", r"批准名单另有(\d+)人")
def _approved_besides(scene: Scene, heads: str) -> None:
    scene.approved_besides = int(heads)


@phrase("批准名单不明", "批准名单不明")
def _roster_unknown(scene: Scene) -> None:
    scene.opening_roster_known = False


@phrase(
    "第○人另有○○○，○日至○日（线上、线下；可加：未补贴、已拨付）",
    rf"第(\d+)人另有{_one_of(_DELIVERIES)}(\D+?){_one_of(_LEVELS)}，{_DAY}至(?:{_DAY}|今)(，未补贴)?(，已拨付)?",
)
def _other_training(
    scene: Scene,
    seq: str,
    delivery: str,
    occupation: str,
    level: str,
    starts: str,
    ends: str | None,
    unpaid: str | None,
    paid: str | None,
) -> None:
    scene.history.append(
        PastTraining(
            scene.people[int(seq) - 1].id_number,
            occupation,
            _LEVELS[level],
            date.fromisoformat(starts),
            date.fromisoformat(ends) if ends else None,
            Delivery(_DELIVERIES[delivery]),
            subsidised=unpaid is None,
            paid=paid is not None,
        )
    )


@phrase("购买○人（或人数不明）", r"购买(?:(\d+)人|人数不明)")
def _purchased(scene: Scene, heads: str | None) -> None:
    scene.purchased_heads = None if heads is None else int(heads)


@phrase("付款○元", r"付款(\d+(?:\.\d\d)?)元")
def _paid(scene: Scene, yuan: str) -> None:
    scene.vouchers[0] = replace(scene.vouchers[0], amount_fen=int(Decimal(yuan) * 100))


@phrase("凭证号码○", "凭证号码(.+)")
def _voucher_number(scene: Scene, number: str) -> None:
    scene.vouchers[0] = replace(scene.vouchers[0], number="" if number == "空" else typed(number))


@phrase("另有凭证○，○元（红字为负）", r"另有凭证(.+?)，(-?\d+(?:\.\d\d)?)元")
def _more_vouchers(scene: Scene, number: str, yuan: str) -> None:
    first = scene.vouchers[0]
    scene.vouchers.append(Voucher(typed(number), first.issued_on, first.payer, first.payee, int(Decimal(yuan) * 100)))


@phrase("没有凭证", "没有凭证")
def _no_vouchers(scene: Scene) -> None:
    scene.vouchers.clear()


@phrase("凭证○在别处用过", r"凭证(.+)在别处用过")
def _used(scene: Scene, number: str) -> None:
    scene.used.add(typed(number))


@phrase("凭证付款方○", "凭证付款方(.+)")
def _payer(scene: Scene, name: str) -> None:
    scene.vouchers[0] = replace(scene.vouchers[0], payer=_firm(name) or "")


@phrase("凭证收款方○", "凭证收款方(.+)")
def _payee(scene: Scene, name: str) -> None:
    scene.vouchers[0] = replace(scene.vouchers[0], payee=_firm(name) or "")


@phrase("凭证日期○", f"凭证日期{_DAY}")
def _issued(scene: Scene, day: str) -> None:
    scene.vouchers[0] = replace(scene.vouchers[0], issued_on=date.fromisoformat(day))


def _firm(name: str) -> str | None:
    return {"空": None, "本单位": NAME}.get(name, name)


def told(text: str, place: str) -> Scene:
    """The scene that a line tells.

    Raises:
        AssertionError: a phrase is not known; the sentence names the line and the phrase.
    """
    scene = Scene()
    for part in text.split("；"):
        for known in PHRASES:
            match = known.pattern.fullmatch(part)
            if match:
                known.act(scene, *match.groups())
                break
        else:
            raise AssertionError(f"{place}：不认识“{part}”，可用的写法见 tests/scenarios/README.md。")
    return scene
