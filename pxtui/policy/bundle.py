"""The case bundle `pxtui-case/1`: one JSON text that holds a whole application."""

from pxtui.policy.facts import (
    Applicant,
    Application,
    ApplicationKind,
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
    Trainee,
    Trainees,
    Training,
    Voucher,
    VoucherUse,
)
from pxtui.policy.json_reader import InputFault, Members, Value, parse
from pxtui.policy.parameters import Notice

SCHEMA = "pxtui-case/1"
SOURCE = "案件包所述"
"""What a bundle tells of other trainings and vouchers is cited as this."""

_CLAIM_KEYS = {"opened_by", "evidence", "opening_roster", "purchased_heads", "vouchers", "vouchers_used"}
_OTHER_KEYS = {
    "schema",
    "stage",
    "decided_on",
    "lifted_on",
    "office",
    "applicant",
    "training",
    "materials",
    "roster",
    "history",
}
_ROW_CLAIM_KEYS = {"course_hours", "completed_hours", "account", "password", "passed"}
_ROW_KEYS = {"seq", "name", "sex", "age", "id_number", "phone", "remark"}


def read_bundle(text: str, notice: Notice) -> Application:
    """The application in a bundle.

    Args:
        text: the JSON text.
        notice: knows the offices and counties.

    Raises:
        InputFault: the text is not a bundle; the sentence names the path, such as `roster[3].id_number`.
    """
    root = parse(text)
    if isinstance(root.raw, dict) and root.raw.get("stage") == ApplicationKind.CLAIM:
        case = root.object(_OTHER_KEYS | _CLAIM_KEYS)
    else:
        case = root.object(_OTHER_KEYS, _CLAIM_KEYS)
    case["schema"].one_of((SCHEMA,))
    stage = case["stage"].code(ApplicationKind)
    offices = tuple(notice.offices)
    used = _texts(_optional(case, "vouchers_used", []))
    return Application(
        stage=stage,
        decided_on=case["decided_on"].day(),
        lifted_on=case["lifted_on"].or_null(Value.day),
        office=case["office"].one_of(offices),
        opened_by=_optional(case, "opened_by").or_null(lambda value: value.one_of(offices)),
        applicant=_applicant(case["applicant"], tuple(notice.counties)),
        training=_training(case["training"]),
        materials=frozenset(value.code(Material) for value in case["materials"].items()),
        evidence=frozenset(value.code(Evidence) for value in _optional(case, "evidence", []).items()),
        roster=_roster(case["roster"], stage),
        opening_roster=_optional(case, "opening_roster").or_null(_texts),
        purchased_heads=_optional(case, "purchased_heads").or_null(lambda value: value.whole_number(least=0)),
        vouchers=tuple(_voucher(value) for value in _optional(case, "vouchers", []).items()),
        vouchers_used=used,
        history=tuple(_past_training(value) for value in case["history"].items()),
        voucher_sources=tuple(VoucherUse(number, SOURCE) for number in used),
    )


def _optional(members: Members, key: str, default: object = None) -> Value:
    return members[key] if key in members else Value(default, key)


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(item.text() for item in value.items())


def _level(value: Value) -> Level:
    return value.code(Level)


def _applicant(value: Value, counties: tuple[str, ...]) -> Applicant:
    applicant = value.object({"name", "credit_code", "kind", "size", "group", "vanadium_titanium_zone", "county"})
    return Applicant(
        name=applicant["name"].text(),
        credit_code=applicant["credit_code"].text(),
        kind=applicant["kind"].code(Kind),
        size=applicant["size"].or_null(lambda size: size.code(Size)),
        group=applicant["group"].or_null(lambda group: group.code(Group)),
        vanadium_titanium_zone=applicant["vanadium_titanium_zone"].boolean(),
        county=applicant["county"].one_of(counties),
    )


def _training(value: Value) -> Training:
    training = value.object(
        {
            "trainees",
            "occupation",
            "level",
            "format",
            "fee",
            "main_business",
            "platform",
            "provider",
            "starts_on",
            "ends_on",
            "course_hours",
        }
    )
    return Training(
        trainees=training["trainees"].code(Trainees),
        occupation=training["occupation"].text(),
        level=training["level"].or_null(_level),
        format=training["format"].code(Format),
        fee=training["fee"].code(Fee),
        main_business=training["main_business"].boolean(),
        platform=training["platform"].or_null(Value.text),
        provider=training["provider"].or_null(Value.text),
        starts_on=training["starts_on"].day(),
        ends_on=training["ends_on"].day(),
        course_hours=training["course_hours"].hours(positive=True),
    )


def _roster(value: Value, stage: ApplicationKind) -> tuple[Trainee, ...]:
    rows = tuple(_trainee(row, stage) for row in value.items())
    seen: set[int] = set()
    for index, row in enumerate(rows):
        if row.seq in seen:
            raise InputFault(f"roster[{index}].seq：序号{row.seq}重复，请改正。")
        seen.add(row.seq)
    return rows


def _trainee(value: Value, stage: ApplicationKind) -> Trainee:
    if stage is ApplicationKind.CLAIM:
        row = value.object(_ROW_KEYS | _ROW_CLAIM_KEYS)
    else:
        row = value.object(_ROW_KEYS, _ROW_CLAIM_KEYS)
    return Trainee(
        seq=row["seq"].whole_number(),
        name=row["name"].text(),
        sex=row["sex"].or_null(lambda sex: sex.one_of(("男", "女"))),
        age=row["age"].or_null(Value.whole_number),
        id_number=row["id_number"].text(),
        phone=row["phone"].text(),
        remark=row["remark"].text(),
        course_hours=_optional(row, "course_hours").or_null(Value.hours),
        completed_hours=_optional(row, "completed_hours").or_null(Value.hours),
        account=_optional(row, "account", "").text(),
        password=_optional(row, "password", "").text(),
        passed=_optional(row, "passed").or_null(Value.boolean),
    )


def _voucher(value: Value) -> Voucher:
    voucher = value.object({"number", "issued_on", "payer", "payee", "amount"})
    return Voucher(
        number=voucher["number"].text(),
        issued_on=voucher["issued_on"].day(),
        payer=voucher["payer"].text(),
        payee=voucher["payee"].text(),
        amount_fen=voucher["amount"].fen(),
    )


def _past_training(value: Value) -> PastTraining:
    training = value.object(
        {"id_number", "occupation", "level", "starts_on", "ends_on", "delivery", "subsidised", "paid"}
    )
    return PastTraining(
        id_number=training["id_number"].text(),
        occupation=training["occupation"].text(),
        level=training["level"].or_null(_level),
        starts_on=training["starts_on"].day(),
        ends_on=training["ends_on"].or_null(Value.day),
        delivery=training["delivery"].code(Delivery),
        subsidised=training["subsidised"].boolean(),
        paid=training["paid"].boolean(),
        source=SOURCE,
    )
