"""What platforms recorded of made-up classes, with patterns at known places, and how an import keeps it."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from pxtui.clock import CHINA
from pxtui.policy import codec
from pxtui.policy.learning import LearningFlag, PersonLearning, Session, judge_learning
from pxtui.policy.learning_facts import ClassDays
from pxtui.policy.parameters import shipped_rulebook
from tests.register.classes import Class

_People = tuple[PersonLearning, ...]
_Flags = tuple[LearningFlag, ...]


def sessions_of(made: Class) -> Iterator[Session]:
    """Four evenings of everybody, each at minutes of his own."""
    for place, row in enumerate(made.claim):
        for evening in range(4):
            yield session(made, place + 1, evening, time(19, 3 * place + evening), 40 + 3 * place, f"d{row.account}")


def session(made: Class, seq: int, day: int, at: time, minutes: int, device: str) -> Session:
    """One sitting of somebody on a day of the class, with all that clause 二 asks for."""
    row, date = made.claim[seq - 1], made.starts_on + timedelta(days=day)
    return Session(
        id_number=row.person.id_number,
        name=row.person.name,
        day=date,
        duration=timedelta(minutes=minutes),
        account=row.account,
        device=device,
        signed_in_at=datetime.combine(date, at, CHINA),
        quiz="10题",
        passed=True,
    )


def as_imported(made: Class) -> str:
    """What the journal keeps of an import of a class's records."""
    notice = shipped_rulebook().for_class_starting(made.starts_on)
    learnt = judge_learning(made.sessions, notice, ClassDays(made.starts_on, made.ends_on))
    values: dict[str, Any] = {
        "source": "平台.xlsx",
        "pass_mark": "60",
        "results": [],
        "records": codec.dump(_People, learnt.people),
        "flags": codec.dump(_Flags, learnt.flags),
        "refused": 0,
    }
    return json.dumps(values, ensure_ascii=False, default=str)
