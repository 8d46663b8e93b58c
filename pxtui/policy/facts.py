"""The facts of one application, as they are judged. Plain frozen values: whoever holds one can trust it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ApplicationKind(StrEnum):
    """Which application is judged."""

    OPENING = "opening"
    CLAIM = "claim"


class Kind(StrEnum):
    """What the applicant is."""

    ENTERPRISE = "enterprise"
    TRAINING_INSTITUTION = "training-institution"


class Size(StrEnum):
    """An enterprise's size class by 统计上大中小微型企业划分办法（2017）."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class Group(StrEnum):
    """The four groups that apply to the city's centre (notice 四(一))."""

    PANGANG = "pangang"
    SHIJIUYE = "shijiuye"
    PANMEI = "panmei"
    GANGCHENG = "gangcheng"


class Trainees(StrEnum):
    """Whom the class trains."""

    EMPLOYEES = "employees"
    KEY_GROUPS = "key-groups"
    COLLEGE_STUDENTS = "college-students"


class Level(StrEnum):
    """Skill levels; the number falls as the skill rises."""

    FIVE = "5"
    FOUR = "4"
    THREE = "3"
    TWO = "2"
    ONE = "1"


class Format(StrEnum):
    """Who teaches (notice 二)."""

    PURCHASED = "purchased"
    SELF_DEVELOPED = "self-developed"
    OWN_TEACHERS = "own-teachers"


class Fee(StrEnum):
    """Whether the training costs the enterprise anything."""

    PAID = "paid"
    FREE = "free"


class Material(StrEnum):
    """What is handed in with an application (notice 四(一), 四(二))."""

    ATTACHMENT_1 = "attachment-1"
    ATTACHMENT_2 = "attachment-2"
    BUSINESS_LICENCE = "business-licence"
    LABOUR_CONTRACTS = "labour-contracts"
    IDENTITY_PROOFS = "identity-proofs"
    ATTACHMENT_3 = "attachment-3"
    ATTACHMENT_4 = "attachment-4"
    TEACHING_RECORDS = "teaching-records"
    COST_VOUCHERS = "cost-vouchers"


class Evidence(StrEnum):
    """What shows that a training took place (notice 二)."""

    SIGN_IN = "sign-in"
    LEARNING_RECORD = "learning-record"
    Q_AND_A = "q-and-a"
    FINAL_EXAM = "final-exam"


class Delivery(StrEnum):
    """How another training was held."""

    ONLINE = "online"
    OFFLINE = "offline"


class Route(StrEnum):
    """Which benefit a class leads to (notice 三)."""

    SME_PAID = "sme-paid"
    CATALOGUE = "catalogue"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Applicant:
    """The enterprise or training institution. Texts stand as typed."""

    name: str
    credit_code: str
    kind: Kind
    size: Size | None
    group: Group | None
    vanadium_titanium_zone: bool
    county: str
    """GB/T 2260 code."""


@dataclass(frozen=True, slots=True)
class Training:
    """The class. Both days are inclusive; hours are 学时 of 45 minutes."""

    trainees: Trainees
    occupation: str
    level: Level | None
    format: Format
    fee: Fee
    main_business: bool
    platform: str | None
    provider: str | None
    starts_on: date
    ends_on: date
    course_hours: Decimal


@dataclass(frozen=True, slots=True)
class Trainee:
    """One row of a roster, as typed; the last five stand only in a claim's roster."""

    seq: int
    name: str
    sex: str | None
    age: int | None
    id_number: str
    phone: str
    remark: str
    course_hours: Decimal | None = None
    completed_hours: Decimal | None = None
    account: str = ""
    password: str = ""
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class Voucher:
    """One invoice or payment slip."""

    number: str
    issued_on: date
    payer: str
    payee: str
    amount_fen: int
    """Fen; negative for a red-letter invoice."""


@dataclass(frozen=True, slots=True)
class VoucherUse:
    """Where a voucher is known to be used."""

    number: str
    source: str
    """Such as an office and its case number; shown as evidence."""


@dataclass(frozen=True, slots=True)
class PastTraining:
    """Another training of somebody: earlier, later or under way."""

    id_number: str
    occupation: str
    level: Level | None
    starts_on: date
    ends_on: date | None
    delivery: Delivery
    subsidised: bool
    """Approved for or given a subsidy."""
    paid: bool
    """The money has been paid."""
    source: str = ""
    """Where the register has it from, such as a case number; shown as evidence."""


@dataclass(frozen=True, slots=True)
class Application:
    """All that is known when one application, for an opening or for a claim, is judged."""

    stage: ApplicationKind
    decided_on: date
    """The day on which it is handed in and judged."""
    lifted_on: date | None
    office: str
    opened_by: str | None
    applicant: Applicant
    training: Training
    materials: frozenset[Material]
    evidence: frozenset[Evidence]
    roster: tuple[Trainee, ...]
    opening_roster: tuple[str, ...] | None
    """The ID numbers approved at the opening; None: not known."""
    purchased_heads: int | None
    vouchers: tuple[Voucher, ...]
    vouchers_used: tuple[str, ...]
    history: tuple[PastTraining, ...]
    voucher_sources: tuple[VoucherUse, ...] = ()
    """Where each of `vouchers_used` is known from; one that is missing here is used nobody knows where."""
