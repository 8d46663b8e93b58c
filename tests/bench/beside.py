"""The lists of the desk and a search beside one hand-written statement each, by turns over the same register."""

import time
from collections.abc import Callable, Iterator, Mapping

from db.kinds import kind_of
from db.models import Stage
from pxtui.casework.lifecycle.moves import QUEUES
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register
from tests.bench.table import Line

_ROUNDS = 15
_WAITING = frozenset[Stage]().union(*(stages for _, stages in QUEUES))


def _codes(stages: frozenset[Stage]) -> str:
    return ", ".join(f"'{stage.value}'" for stage in sorted(stages))


STATEMENTS: Mapping[str, str] = {
    "the desk": f"""
        WITH waiting AS (SELECT * FROM training_case WHERE stage IN ({_codes(_WAITING)}) ORDER BY id DESC LIMIT 201),
            others AS (SELECT * FROM training_case WHERE stage IN ({_codes(frozenset(Stage) - _WAITING)})
                ORDER BY id DESC LIMIT 201)
        SELECT * FROM waiting UNION ALL SELECT * FROM others LIMIT 201
    """,  # noqa: S608 - of the stages
    "the newest 200 cases": "SELECT * FROM training_case ORDER BY id DESC LIMIT 201",
    "search: name of a firm": """
        SELECT training_case.* FROM name_part JOIN training_case ON training_case.id = name_part.case_id
        WHERE name_part.kind = 'w' AND name_part.part = '恒力'
            AND (training_case.applicant_name LIKE '%恒力%' OR training_case.occupation LIKE '%恒力%')
        ORDER BY name_part.case_id DESC LIMIT 201
    """,
}
"""What is asked without a thought to who may see it, what is due of it and what waits: by the name of the question."""


def beside(
    register: Register, acting: Acting, questions: Mapping[str, Callable[[Context], object]], where: str
) -> Iterator[Line]:
    """How many times a question takes its statement, as the clock has it; `where`: the words behind its name."""
    database = register.home.database
    with kind_of(database).raw(database) as rows:
        for name, statement in STATEMENTS.items():
            answers, statements = [], []
            for _ in range(_ROUNDS):
                start = time.perf_counter()
                rows.rows(statement)
                statements.append(time.perf_counter() - start)
                with register.reading(acting) as context:
                    start = time.perf_counter()
                    questions[name](context)
                    answers.append(time.perf_counter() - start)
            # The shortest of each, because the machine may be busy with something else.
            bare = min(statements)
            measured = f"{min(answers) / bare:.1f} times {bare * 1000:.1f} ms"
            yield Line(f"{name} {where}, beside one statement", measured, "3 times")
