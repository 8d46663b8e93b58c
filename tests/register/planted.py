"""Irregularities of which each stands at a known place: a class or two that show it, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tests.register.classes import FIRST_DAY, Class, Invoice, a_class
from tests.register.made_up import Firm, World

HEADS = 8
_CARD = "6222021001111111115"
"""The digits of a personal card, of nobody's account."""

Plant = Callable[[World], list[Class]]


def _new(world: World, firm: Firm | None = None, starts_on: date | None = None, occupation: str = "焊工") -> Class:
    start = starts_on or FIRST_DAY + timedelta(days=world.random.randrange(200))
    return a_class(world, firm or world.firm(HEADS), start, occupation, tidy=True)


def one_phone(world: World) -> list[Class]:
    """Four people have one phone."""
    made = _new(world)
    for seq in (2, 3, 4):
        made.be(seq, phone=made.claim[0].person.phone)
    made.planted = [("sign.phone-shared", (1, 2, 3, 4))]
    return [made]


def one_password(world: World) -> list[Class]:
    """Everybody has the same password, which is no first one."""
    made = _new(world)
    for seq in range(1, HEADS + 1):
        made.change(seq, password="Zhang-2020")
    made.planted = [("sign.password-shared", tuple(range(1, HEADS + 1)))]
    return [made]


def another_s_account(world: World) -> list[Class]:
    """Somebody learns under a colleague's phone."""
    made = _new(world)
    for seq in range(1, HEADS + 1):
        made.change(seq, account=f"u{world.random.randrange(10**8):08}")
    made.change(3, account=made.claim[5].person.phone)
    made.planted = [("sign.account-of-another", (3, 6))]
    return [made]


def one_account(world: World) -> list[Class]:
    """Two people have one platform account."""
    made = _new(world)
    made.change(2, account=made.claim[0].account)
    made.planted = [("person.account-shared", (1,)), ("person.account-shared", (2,))]
    return [made]


def one_person_twice(world: World) -> list[Class]:
    """One person under two ID numbers."""
    made = _new(world)
    made.be(7, name=made.claim[1].person.name, phone=made.claim[1].person.phone)
    made.planted = [("sign.one-person-twice", (2, 7))]
    return [made]


def invented_numbers(world: World) -> list[Class]:
    """Five ID numbers in a row."""
    made = _new(world)
    for seq, number in enumerate(world.in_a_row(5), 1):
        made.be(seq, id_number=number, sex="男", born=date(1985, 5, 17))
    made.planted = [("sign.id-run", (1, 2, 3, 4, 5))]
    return [made]


def too_many_hours(world: World) -> list[Class]:
    """Half as many hours again as the course has."""
    made = _new(world)
    made.change(5, completed=made.hours * 3 / 2)
    made.planted = [("sign.hours-over-course", (5,))]
    return [made]


def other_hours(world: World) -> list[Class]:
    """Two rows state another course."""
    made = _new(world)
    for seq in (4, 6):
        made.change(seq, course_hours=made.hours - 8)
    made.planted = [("sign.course-hours-differ", (4, 6))]
    return [made]


def swapped_name(world: World) -> list[Class]:
    """An approved number is claimed for by another name."""
    made = _new(world)
    made.change(2, person=replace(made.claim[1].person, name=f"{world.name()}甲"))
    made.planted = [("sign.swapped", (2,))]
    return [made]


def swapped_number(world: World) -> list[Class]:
    """An approved name is claimed for under another number."""
    made = _new(world)
    person = made.claim[2].person
    made.change(3, person=replace(person, id_number=world.id_number(person.born, person.sex)))
    made.planted = [("sign.swapped", (3,)), ("person.not-approved", (3,))]
    return [made]


def seller_of_the_family(world: World) -> list[Class]:
    """The seller is on file with the buyer's legal representative."""
    made = _new(world)
    made.provider = f"攀枝花市{world.name()}职业培训学校"
    made.invoices = [replace(made.invoices[0], payee=made.provider)]
    seller = replace_firm(world.firm(HEADS), name=made.provider, legal=made.firm.legal)
    other = _new(world, seller)
    made.planted = [("sign.seller-related", ())]
    return [made, other]


def seller_s_teacher(world: World) -> list[Class]:
    """Who speaks for the seller learns."""
    made = _new(world)
    made.provider = f"攀枝花市{world.name()}技工学校"
    made.invoices = [replace(made.invoices[0], payee=made.provider)]
    seller = replace_firm(world.firm(HEADS), name=made.provider)
    made.be(6, name=seller.contact, phone=seller.contact_phone)
    made.planted = [("sign.teacher-on-roster", (6,))]
    return [made, _new(world, seller)]


def own_code(world: World) -> list[Class]:
    """The seller bears the buyer's credit code under another name."""
    made = _new(world)
    made.provider, made.provider_code = f"攀枝花市{world.name()}教育中心", made.firm.code
    made.invoices = [replace(made.invoices[0], payee=made.provider)]
    made.planted = [("sign.seller-related", ())]
    return [made]


def the_contact_s_phone(world: World) -> list[Class]:
    """A trainee is to be called under the phone of the firm's contact."""
    made = _new(world)
    made.be(8, phone=made.firm.contact_phone)
    made.planted = [("sign.contact-on-roster", (8,))]
    return [made]


def one_bank_account(world: World) -> list[Class]:
    """Two firms are paid into one account."""
    first = _new(world)
    second = _new(world, replace_firm(world.firm(HEADS), account=first.firm.account))
    first.planted = second.planted = [("sign.account-shared", ())]
    return [first, second]


def personal_card(world: World) -> list[Class]:
    """The account is somebody's card."""
    made = _new(world, replace_firm(world.firm(HEADS), account=_CARD))
    made.planted = [("sign.account-personal", ())]
    return [made]


def split_invoice(world: World) -> list[Class]:
    """Two classes of a firm are billed one after the other on one day."""
    first = _new(world)
    second = _new(world, first.firm, first.ends_on + timedelta(days=3), "电工")
    one = first.invoices[0]
    second.provider = first.provider
    second.invoices = [replace(one, number=f"{int(one.number) + 1:08}")]
    first.planted = second.planted = [("sign.invoice-split", ())]
    return [first, second]


def red_letter(world: World) -> list[Class]:
    """What one claim was paid for, a later one of the firm takes back."""
    first = _new(world)
    second = _new(world, first.firm, first.ends_on + timedelta(days=30), "电工")
    one = first.invoices[0]
    number, day = world.invoice(first.provider), one.issued_on + timedelta(days=60)
    second.invoices.append(Invoice(number, day, one.payer, one.payee, -one.amount_fen))
    first.planted = [("sign.invoice-red", ())]
    return [first, second]


def reused_invoice(world: World) -> list[Class]:
    """Two firms claim for one invoice."""
    first, second = _new(world), _new(world)
    second.invoices = [replace(second.invoices[0], number=first.invoices[0].number)]
    second.planted = [("voucher.reused", ())]
    return [first, second]


def always_the_cap(world: World) -> list[Class]:
    """All three claims of a seller cost the cap to the fen."""
    seller = f"{world.name()}远程教育有限公司"
    made = [_new(world) for _ in range(3)]
    for each in made:
        each.provider = seller
        each.invoices = [replace(each.invoices[0], payee=seller, amount_fen=60_000 * each.heads)]
        each.planted = [("sign.fee-at-cap", ())]
    return made


def two_employers(world: World) -> list[Class]:
    """Somebody is an employee of two firms of one county at once."""
    first = _new(world)
    second = _new(world, world.firm(HEADS, first.county), first.starts_on + timedelta(days=2), "电工")
    second.be(4, **_as(first, 1))
    first.planted, second.planted = [("sign.two-employers", (1,))], [("sign.two-employers", (4,))]
    return [first, second]


def two_counties(world: World) -> list[Class]:
    """A jobless person learns in two counties at once."""
    first, second = _new(world, world.firm(HEADS, "510402")), _new(world, world.firm(HEADS, "510421"))
    second.starts_on, second.ends_on = first.starts_on, first.ends_on
    second.invoices = [replace(second.invoices[0], issued_on=first.invoices[0].issued_on)]
    first.trainees = second.trainees = "key-groups"
    second.be(5, **_as(first, 2))
    first.planted, second.planted = [("sign.two-counties", (2,))], [("sign.two-counties", (5,))]
    return [first, second]


def employed_and_jobless(world: World) -> list[Class]:
    """Three days after a class as an employee somebody learns as jobless."""
    first = _new(world)
    second = _new(world, world.firm(HEADS, first.county), first.ends_on + timedelta(days=3), "电工")
    second.trainees = "key-groups"
    second.be(1, **_as(first, 7))
    first.planted, second.planted = [("sign.employed-and-jobless", (7,))], [("sign.employed-and-jobless", (1,))]
    return [first, second]


def phone_of_a_middleman(world: World) -> list[Class]:
    """One phone for five people of three firms."""
    number = world.phone()
    made = [_new(world) for _ in range(3)]
    for each in made:
        each.be(1, phone=number)
        each.be(2, phone=number)
        each.planted = [("sign.phone-elsewhere", (1, 2))]
    return made


def fourth_of_the_year(world: World) -> list[Class]:
    """A fourth training of one year, in time one behind the other."""
    first = _new(world, starts_on=date(2020, 3, 2))
    made = [first]
    for occupation in ("电工", "保安员", "起重工"):
        made.append(_new(world, first.firm, made[-1].ends_on + timedelta(days=5), occupation))
    made[-1].planted = [("person.annual-limit", (seq,)) for seq in range(1, HEADS + 1)]
    return made


def overlapping(world: World) -> list[Class]:
    """The next class of a firm begins before the first one ends; both count, from different sellers."""
    first = _new(world)
    second = _new(world, first.firm, first.ends_on, "电工")
    second.planted = [("person.overlap", (seq,)) for seq in range(1, HEADS + 1)]
    return [first, second]


PLANTS: tuple[Plant, ...] = (
    *(one_phone, one_password, another_s_account, one_account, one_person_twice, invented_numbers, too_many_hours),
    *(other_hours, swapped_name, swapped_number, seller_of_the_family, seller_s_teacher, own_code),
    *(the_contact_s_phone, one_bank_account, personal_card, split_invoice, red_letter, reused_invoice),
    *(always_the_cap, two_employers, two_counties, employed_and_jobless, phone_of_a_middleman),
    *(fourth_of_the_year, overlapping),
)
"""All of them, in the order in which they are planted."""


def replace_firm(firm: Firm, **facts: str) -> Firm:
    """A firm with other facts."""
    return replace(firm, **facts)  # type: ignore[arg-type]


def _as(made: Class, seq: int) -> dict[str, object]:
    person = made.claim[seq - 1].person
    return {name: getattr(person, name) for name in ("name", "sex", "born", "id_number", "phone")}
