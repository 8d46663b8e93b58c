"""A made-up application that passes every rule about itself."""

from datetime import date
from decimal import Decimal

from pxtui.casework.opening.filing import Filing
from pxtui.policy.facts import (
    Applicant,
    Fee,
    Format,
    Kind,
    Level,
    Material,
    Size,
    Trainees,
    Training,
)


def a_filing() -> Filing:
    """A class of welders of a medium enterprise in 东区, 20 March to 2 April 2020."""
    return Filing(
        office="dongqu",
        received_on=date(2020, 3, 16),
        applicant=Applicant(
            name="攀枝花市恒力机械有限公司",
            credit_code="91350100M000100Y43",
            kind=Kind.ENTERPRISE,
            size=Size.MEDIUM,
            group=None,
            vanadium_titanium_zone=False,
            county="510402",
        ),
        training=Training(
            trainees=Trainees.EMPLOYEES,
            occupation="焊工",
            level=Level.FIVE,
            format=Format.PURCHASED,
            fee=Fee.PAID,
            main_business=True,
            platform=None,
            provider="成都职业培训网络学院",
            starts_on=date(2020, 3, 20),
            ends_on=date(2020, 4, 2),
            course_hours=Decimal(40),
        ),
        materials=frozenset(
            (Material.ATTACHMENT_1, Material.ATTACHMENT_2, Material.BUSINESS_LICENCE, Material.LABOUR_CONTRACTS)
        ),
    )
