"""Every step of a review, frozen with its facts and parameters: never changed by what the register says later."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.about import hold_rules
from db.models import Case, Decision, FrozenRules
from pxtui.casework.check.eligibility import CaseFacts, facts_of, of_approved
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import ACTION_NAMES, Action
from pxtui.casework.office.context import Context
from pxtui.errors import Damaged, Refused
from pxtui.policy import codec, frozen
from pxtui.policy.facts import Application, ApplicationKind, Route
from pxtui.policy.judgement import Judgement
from pxtui.policy.parameters import Rulebook
from pxtui.policy.subsidy import yuan
from pxtui.policy.words import ROUTES
from pxtui.policy.working_days import CalendarMissing

_READABLE_PLACES = 8
# Nobody's password is frozen, so none is compared.
_OF_A_PERSON = ("name", "sex", "age", "phone", "remark")
_OF_THE_LEARNING = ("course_hours", "completed_hours", "account", "passed")

_BEFORE_A_SETBACK = frozenset({Action.APPROVE, Action.PUBLISH, Action.ORDER_PAYMENT, Action.RETURN})

Mark = tuple[str, int | None, str | None, bool]
"""A finding without its words: its code, its row's 序号, its item, and whether it blocks."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judgement comes to."""

    office: str
    route: str
    eligible: tuple[int, ...]
    """By 序号."""
    total_fen: int | None
    """None: no money is judged."""
    findings: tuple[Mark, ...]

    @classmethod
    def of(cls, judgement: Judgement) -> "Verdict":
        """Of a judgement, without its words: those may be put better."""
        money = judgement.subsidy
        return cls(
            judgement.office,
            judgement.route.value,
            judgement.eligible,
            None if money is None else money.total_fen,
            tuple((finding.code, finding.seq, finding.item, finding.blocks) for finding in judgement.findings),
        )

    def changes_to(self, now: "Verdict", rulebook: Rulebook) -> tuple[str, ...]:
        """What is otherwise, a sentence each, the findings by their codes; empty: nothing."""
        sentences = list(self.figures_to(now, rulebook))
        for label, differing in (("不再有", self.without(now)), ("新有", now.without(self))):
            if differing:
                sentences.append(f"{label}：{_listed([*map(_told, differing)])}{_more(differing, '项')}")
        return tuple(sentences)

    def told_to(self, now: "Verdict", rulebook: Rulebook) -> tuple[str, ...]:
        """What is otherwise, for a clerk: the findings by the rows that they are about."""
        sentences = list(self.figures_to(now, rulebook))
        for label, differing in (("审查已消除", self.without(now)), ("审查新增", now.without(self))):
            if differing:
                sentences.append(f"{label}：{_places(differing)}")
        return tuple(sentences)

    def figures_to(self, now: "Verdict", rulebook: Rulebook) -> tuple[str, ...]:
        """What is otherwise but for the findings."""
        sentences = []
        if self.office != now.office:
            sentences.append(f"受理机关由{_office(self.office, rulebook)}变为{_office(now.office, rulebook)}")
        if self.route != now.route:
            sentences.append(f"补贴方式由{_route(self.route)}变为{_route(now.route)}")
        if self.eligible != now.eligible:
            sentences.append(f"符合人数由{len(self.eligible)}人变为{len(now.eligible)}人{self._who(now)}")
        if self.total_fen != now.total_fen:
            sentences.append(f"补贴由{_money(self.total_fen)}变为{_money(now.total_fen)}")
        return tuple(sentences)

    def without(self, other: "Verdict") -> list[Mark]:
        """The findings that the other one does not have."""
        known = {*other.findings}
        return [mark for mark in self.findings if mark not in known]

    def _who(self, now: "Verdict") -> str:
        differing = sorted({*self.eligible} ^ {*now.eligible})
        return f"（第{_listed(differing)}号{_more(differing, '人')}）" if differing else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to what stood open when something was approved."""

    points: tuple[str, ...] = ()
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class FrozenDecision:
    """A step of a review as it was."""

    case: Case
    action: Action
    application: ApplicationKind
    decided_on: date
    staff_name: str
    facts: CaseFacts
    outcome: Verdict
    texts: Mapping[str, str]
    """The parameter files: name → TOML text."""

    @property
    def day_and_step(self) -> str:
        """When and what."""
        return f"{self.decided_on} {ACTION_NAMES[self.action]}"


def freeze(
    context: Context, case: Case, action: Action, facts: CaseFacts, judgement: Judgement, answer: Answer | None = None
) -> None:
    """Keep what a step of a review was based on, and what was answered where something stood open."""
    row = Decision(
        case_id=case.id,
        action=action.value,
        application=facts.application.stage.value,
        decided_on=context.today,
        staff_name=context.clerk,
        rules_digest=_rules(context),
    )
    row.seal(
        context.vault,
        facts=_packed(frozen.written(facts.application, facts.by_hand)),
        outcome=codec.dump_text(Verdict, Verdict.of(judgement)),
        answer=codec.dump_text(Answer, answer) if answer is not None and answer.points else "",
    )
    context.session.add(row)


def thawed(context: Context, row: Decision, case: Case) -> FrozenDecision:
    """A frozen decision as it was.

    Raises:
        PxtuiError: it, or the parameters it was made by, are not what was written, or its facts were erased.
    """
    texts = _texts(context, row.rules_digest)
    vault = context.vault
    packed, outcome_text = row.unseal(vault, "facts"), row.unseal(vault, "outcome")
    if not packed:
        raise Refused("这项决定的底稿含个人信息，已到期删去，不能复核；决定、金额和校验码都在。")
    try:
        facts = CaseFacts(*frozen.read(_unpacked(packed)))
        outcome = codec.load_text(Verdict, outcome_text)
        action, application = Action(row.action), ApplicationKind(row.application)
    except (ValueError, zlib.error) as fault:
        raise Damaged("这项决定的底稿已损坏，不能复核，请联系管理员核对备份。") from fault
    return FrozenDecision(case, action, application, row.decided_on, row.staff_name, facts, outcome, texts)


def since_last(context: Context, number: str) -> tuple[str, ...]:
    """What has changed since the last step of the review of the application that a case is at, a sentence each."""
    case = find(context, number)
    _, sentence = _since(context, case, newest(context, case))
    return (sentence,) if sentence else ()


def since_setback(context: Context, case: Case) -> tuple[tuple[str, ...], str]:
    """What has changed since the application was granted or returned last: item by item, and as a sentence."""
    return _since(context, case, newest(context, case, _BEFORE_A_SETBACK))


def newest(
    context: Context, case: Case, actions: frozenset[Action] | None = None, kind: ApplicationKind | None = None
) -> Decision | None:
    """The last step of a review.

    Args:
        actions: one of these; None: any step.
        kind: of which application; None: of the one that the case is at.
    """
    kind = kind or application_of(case.stage)
    found = select(Decision).where(col(Decision.case_id) == case.id, col(Decision.application) == kind.value)
    if actions is not None:
        found = found.where(col(Decision.action).in_(actions))
    return context.session.exec(found.order_by(col(Decision.id).desc()).limit(1)).first()


def answer_of(context: Context, row: Decision | None) -> Answer:
    """What was answered when something was decided; empty where nothing stood open, or nobody asked then."""
    said = row.unseal(context.vault, "answer") if row is not None else ""
    return codec.load_text(Answer, said) if said else Answer()


def _since(context: Context, case: Case, before: Decision | None) -> tuple[tuple[str, ...], str]:
    if before is None:
        return (), ""
    try:
        last = thawed(context, before, case)
    except Damaged as fault:
        # What is past and damaged does not keep anybody from deciding today.
        return (), fault.sentence
    facts = of_approved(context, case) if last.action is Action.CHANGE else facts_of(context, case)
    try:
        now = Verdict.of(facts.judged(context.rulebook, context.working_days))
    except CalendarMissing as fault:
        # Whoever looks at a case that came back sees why it did, also while nobody can judge it.
        return (), fault.sentence
    changes = [
        *_changed_facts(last.facts.application, facts.application),
        *last.outcome.told_to(now, context.rulebook),
    ]
    return tuple(changes), f"自{last.day_and_step}以来：{'；'.join(changes) or '没有变化'}。"


def _changed_facts(before: Application, now: Application) -> list[str]:
    parts = {
        "applicant": "单位资料",
        "training": "培训内容",
        "materials": "材料",
        "evidence": "过程证明",
        "vouchers": "凭证",
        "purchased_heads": "购买人数",
        "lifted_on": "疫情解除日",
        "history": "其他培训记录",
    }
    sentences = [f"{label}有改动" for name, label in parts.items() if getattr(before, name) != getattr(now, name)]
    was, is_now = ({row.id_number: row for row in facts.roster} for facts in (before, now))
    joined, left = len(is_now.keys() - was.keys()), len(was.keys() - is_now.keys())
    altered, learnt = (
        sum(any(getattr(was[key], name) != getattr(is_now[key], name) for name in names) for key in was.keys() & is_now)
        for names in (_OF_A_PERSON, _OF_THE_LEARNING)
    )
    counts = (("名单新增", joined), ("名单退出", left), ("名单改动", altered), ("学习结果改动", learnt))
    return sentences + [f"{label}{count}人" for label, count in counts if count]


def _texts(context: Context, digest: str) -> Mapping[str, str]:
    rules = context.session.get(FrozenRules, digest)
    if rules is None or hashlib.sha256(rules.texts.encode()).hexdigest() != digest:
        raise Damaged("决定时的政策参数已被改动或缺失，不能复核，请联系管理员核对备份。")
    texts: Mapping[str, str] = json.loads(rules.texts)
    return texts


def _rules(context: Context) -> str:
    """The digest under which the parameter files of the register are kept."""
    texts = json.dumps(dict(context.rulebook.texts), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(texts.encode()).hexdigest()
    if context.session.get(FrozenRules, digest) is None:
        # Two who are the first to decide by them keep them once.
        hold_rules(context.session, digest)
    if context.session.get(FrozenRules, digest) is None:
        context.session.add(FrozenRules(digest=digest, texts=texts))
        context.session.flush()
    return digest


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(text: str) -> str:
    return zlib.decompress(base64.b64decode(text)).decode()


def _told(mark: Mark) -> str:
    code, seq, item, blocks = mark
    row = "" if seq is None else f" 第{seq}号"
    return f"{code}{row}{f' {item}' if item else ''}{'' if blocks else '（提示）'}"


def _places(marks: Sequence[Mark]) -> str:
    """For a clerk, to whom a code says nothing."""
    rows = sorted({seq for _, seq, _, _ in marks if seq is not None})
    whole = sum(seq is None for _, seq, _, _ in marks)
    sentences = [f"本件{whole}项"] if whole else []
    return "，".join(sentences + ([f"第{_listed(rows)}号{_more(rows, '人')}"] if rows else []))


def _listed(places: Sequence[object]) -> str:
    return "、".join(map(str, places[:_READABLE_PLACES]))


def _more(places: Sequence[object], unit: str) -> str:
    return f"等{len(places)}{unit}" if len(places) > _READABLE_PLACES else ""


def _route(code: str) -> str:
    return ROUTES[Route(code)].partition("（")[0]


def _office(code: str, rulebook: Rulebook) -> str:
    # Frozen parameters may know an office that is no more.
    office = rulebook.latest.offices.get(code)
    return office.short_name if office else code


def _money(fen: int | None) -> str:
    return "未核算" if fen is None else f"{yuan(fen)}元"
