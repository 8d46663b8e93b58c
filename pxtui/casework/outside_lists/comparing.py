"""A case compared with the lists in force: for each person with which list of which day, and what was found.

Unknown is never “no hit”: a kind without a list, and one whose list is out of its term, is told as not compared.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.models import Case, ListKind, OutsideList
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_TURNED_DOWN, OPENING_TURNED_DOWN, TAKEN_BACK, application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.casework.outside_lists import answers, matching, standing_lists
from pxtui.casework.outside_lists.answers import Answered
from pxtui.casework.outside_lists.kinds import CLAUSE, KINDS, covers, label
from pxtui.casework.outside_lists.matching import Said, Subject
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff.sight import require_people
from pxtui.policy.facts import Trainee
from pxtui.policy.judgement import Finding
from pxtui.policy.rules.rule import Severity

OVER = (
    OPENING_TURNED_DOWN
    | CLAIM_TURNED_DOWN
    | TAKEN_BACK
    | {*(Stage.TERMINATED, Stage.TRANSFERRED, Stage.PAID, Stage.ARCHIVED, Stage.RECOVERING, Stage.RECOVERED)}
)
"""Stages at which nothing is paid any more: nobody is compared."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody whom a list has, or lacks; nothing is refused by it."""

    kind: ListKind
    seq: int | None
    """None: an enterprise."""
    name: str
    key: str
    """What was looked for; in clear."""
    of_list: str
    """The list, as sentences name it."""
    said: Said
    """By it."""
    answer: Answered | None = None
    """What was decided about it; None: it waits."""

    @property
    def finding(self) -> Finding:
        """As the check shows it."""
        return Finding(f"list.{self.kind.value}", Severity.WARN, self.seq, self.of_list, CLAUSE, self._message)

    @property
    def _message(self) -> str:
        whom = "" if self.seq is not None else f"{self.name}："
        found = f"{whom}{self.of_list}命中：{self.said.sentence or '在名单里'}"
        if self.answer is not None:
            return f"{found}；{self.answer.sentence.rstrip('。')}"
        return f"{found}；请查实后认定（审查页F4），{KINDS[self.kind].remedy}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What lists say of the people and enterprises of a case."""

    lists: tuple[OutsideList, ...]
    """With which they were compared."""
    missing: Mapping[ListKind, str]
    """Why they were not compared with a kind."""
    hits: tuple[Hit, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Hits that wait or stand; what was found not to matter is told by `sentence` alone."""
        return tuple(hit.finding for hit in self.hits if hit.answer is None or hit.answer.stands)

    @property
    def points(self) -> tuple[str, ...]:
        """What waits for a decision, for the answer of an approval."""
        return tuple(
            hit.finding.message if hit.seq is None else f"第{hit.seq}号：{hit.finding.message}"
            for hit in self.hits
            if hit.answer is None
        )

    def sentence(self, seq: int | None) -> str:
        """已比对：名单、日期、有无命中；未比对：名单、为什么。 Of a person, or (None) of the enterprises."""
        is_firm = seq is None
        compared = [found for found in self.lists if (found.kind is ListKind.STRUCK_OFF) == is_firm]
        done = [f"{label(found)}{self._outcome(found, seq)}" for found in compared]
        by_reason: defaultdict[str, list[str]] = defaultdict(list)
        for kind, why in self.missing.items():
            if (kind is ListKind.STRUCK_OFF) == is_firm:
                by_reason[why].append(KINDS[kind].name)
        not_done = [f"{'、'.join(names)}（{why}）" for why, names in by_reason.items()]
        told = (("已比对", done), ("未比对", not_done))
        return "".join(f"{word}：{'、'.join(items)}。" for word, items in told if items)

    def _outcome(self, found: OutsideList, seq: int | None) -> str:
        hits = [hit for hit in self.hits if hit.seq == seq and hit.of_list == label(found)]
        if not hits:
            return f"无命中{f'（另有{found.unread}行读不出）' if found.unread else ''}"
        told = (hit.answer.sentence.rstrip("。") if hit.answer is not None else "待认定" for hit in hits)
        return f"命中，{'；'.join(told)}"


NOTHING = Compared((), {}, ())


def of_case(context: Context, number: str) -> Compared:
    """A case compared with the lists in force today; nothing where nothing is paid in it any more.

    Raises:
        NotAllowed: the acting person sees nothing of people.
    """
    require_people(context)
    case = find(context, number)
    return compared(context, case, people(context, case))


def people(context: Context, case: Case) -> tuple[Trainee, ...]:
    """Whoever stands in the present roster of a case."""
    return roster_edits.trainees(context, case, application_of(case.stage))


def compared(context: Context, case: Case, roster: Sequence[Trainee]) -> Compared:
    """The same of these people, such as rows that are not stored."""
    if case.stage in OVER:
        return NOTHING
    every = standing_lists.imported(context)
    lists = [found for found in standing_lists.in_force(context, every) if covers(found, case)]
    missing = standing_lists.missing(context, case, every)
    if not lists:
        return Compared((), missing, ())
    looked_for = matching.people_of(roster)
    wanted = [(matching.opened(context, found), matching.subjects_of(found.kind, case, looked_for)) for found in lists]
    parts = matching.parts_for(context, wanted)
    known = answers.of_cases(context, [case.id])
    hits = [
        _hit(case, found.row, subject, said, known)
        for found, subjects in wanted
        for subject, said in found_in(found, parts, subjects, case)
    ]
    return Compared(tuple(lists), missing, tuple(hits))


def found_in(
    found: matching.Opened, parts: matching.Parts, subjects: Sequence[Subject], case: Case
) -> Iterator[tuple[Subject, Said]]:
    """Those of whom a list says something that a clerk has to look into."""
    for subject in subjects:
        if (said := matching.said(found, parts, subject, case)) is not None:
            yield subject, said


def _hit(case: Case, found: OutsideList, subject: Subject, said: Said, known: answers.Known) -> Hit:
    key = subject.keys[0]
    answer = known.get(case.id, found.kind, key, said.text)
    return Hit(found.kind, subject.seq, subject.name, key, label(found), said, answer)
