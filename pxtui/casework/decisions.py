"""Every step of a review, frozen with its facts and parameters: never changed by what the register says later."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from db.models import Case, Decision, FrozenRules
from pxtui.casework.acting import Acting
from pxtui.casework.cases import find
from pxtui.casework.eligibility import Facts, facts_of
from pxtui.casework.stages import ACTION_NAMES, Action, Stage, application_of
from pxtui.policy import frozen
from pxtui.policy.facts import Application
from pxtui.policy.facts import Stage as ApplicationStage
from pxtui.policy.judgement import Finding, Judgement
from pxtui.policy.parameters import shipped_rulebook, shipped_texts
from pxtui.policy.subsidy import yuan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a judgement comes to."""

    office: str
    route: str
    eligible: tuple[int, ...]
    """By 序号."""
    total_fen: int | None
    """None: no money is judged."""
    blocks: tuple[str, ...]
    """Code, and the row or the item where it has one."""

    @classmethod
    def of(cls, judgement: Judgement) -> "Outcome":
        """Of a judgement, without its words: those may be put better."""
        blocks = (_place(finding) for finding in judgement.findings if finding.blocks)
        money = judgement.subsidy
        return cls(
            judgement.office,
            judgement.route.value,
            judgement.eligible,
            None if money is None else money.total_fen,
            tuple(sorted(blocks)),
        )

    def changes_to(self, now: "Outcome") -> tuple[str, ...]:
        """What is otherwise, a sentence each; empty: nothing."""
        told = []
        if self.office != now.office:
            told.append(f"受理机关{self.office}→{now.office}")
        if self.route != now.route:
            told.append(f"补贴方式{self.route}→{now.route}")
        if self.eligible != now.eligible:
            told.append(f"符合{len(self.eligible)}人→{len(now.eligible)}人{self._who(now)}")
        if self.total_fen != now.total_fen:
            told.append(f"补贴{_money(self.total_fen)}→{_money(now.total_fen)}")
        gone, new = (sorted({*one} - {*other}) for one, other in ((self.blocks, now.blocks), (now.blocks, self.blocks)))
        told += [f"不再有：{'、'.join(gone)}"] if gone else []
        told += [f"新有：{'、'.join(new)}"] if new else []
        return tuple(told)

    def _who(self, now: "Outcome") -> str:
        differing = sorted({*self.eligible} ^ {*now.eligible})
        return f"（第{'、'.join(map(str, differing))}号）" if differing else ""


@dataclass(frozen=True, slots=True)
class FrozenDecision:
    """A step of a review as it was."""

    case: Case
    action: Action
    application: ApplicationStage
    decided_on: date
    staff_name: str
    facts: Facts
    outcome: Outcome
    texts: Mapping[str, str]
    """The parameter files: name → TOML text."""

    @property
    def told(self) -> str:
        """When and what."""
        return f"{self.decided_on} {ACTION_NAMES[self.action]}"


def freeze(session: Session, acting: Acting, case: Case, action: Action, facts: Facts, judgement: Judgement) -> None:
    """Keep what a step of a review was based on."""
    row = Decision(
        case_id=case.id,
        action=action.value,
        application=facts.application.stage.value,
        decided_on=acting.today,
        staff_name=acting.name,
        rules_digest=_rules(session),
    )
    outcome = Outcome.of(judgement)
    told = {name: getattr(outcome, name) for name in Outcome.__slots__}
    row.seal(
        session.info["vault"],
        facts=_packed(frozen.written(facts.application, facts.by_hand)),
        outcome=json.dumps(told, ensure_ascii=False),
    )
    session.add(row)


def decisions(session: Session, case: Case | None = None) -> list[FrozenDecision]:
    """All that were frozen, of one case or of all, in their order."""
    wanted = select(Decision, Case).join(Case, col(Case.id) == Decision.case_id).order_by(col(Decision.id))
    if case is not None:
        wanted = wanted.where(col(Decision.case_id) == case.id)
    rules = {row.digest: json.loads(row.texts) for row in session.exec(select(FrozenRules))}
    return [_thawed(session, row, whose, rules[row.rules_digest]) for row, whose in session.exec(wanted)]


def since_last(session: Session, number: str) -> tuple[str, ...]:
    """What has changed since the last step of the review of the application that a case is at, a sentence each."""
    case = find(session, number)
    stage = application_of(Stage(case.stage))
    earlier = [one for one in decisions(session, case) if one.application is stage]
    if not earlier:
        return ()
    last, facts = earlier[-1], facts_of(session, case)
    now = Outcome.of(facts.judged(shipped_rulebook()))
    changes = (*_changed_facts(last.facts.application, facts.application), *last.outcome.changes_to(now))
    return (f"自{last.told}以来：{'；'.join(changes) or '没有变化'}。",)


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
    told = [f"{label}有改动" for name, label in parts.items() if getattr(before, name) != getattr(now, name)]
    was, is_now = ({row.id_number: row for row in one.roster} for one in (before, now))
    joined, left = len(is_now.keys() - was.keys()), len(was.keys() - is_now.keys())
    # Nobody's password is frozen, so none is compared.
    kept = ("name", "sex", "age", "phone", "remark", "course_hours", "completed_hours", "account", "passed")
    altered = sum(
        any(getattr(was[key], name) != getattr(is_now[key], name) for name in kept)
        for key in was.keys() & is_now.keys()
    )
    counts = (("名单新增", joined), ("名单退出", left), ("名单改动", altered))
    return told + [f"{label}{count}人" for label, count in counts if count]


def _thawed(session: Session, row: Decision, case: Case, texts: Mapping[str, str]) -> FrozenDecision:
    vault = session.info["vault"]
    application, by_hand = frozen.read(_unpacked(row.unseal(vault, "facts")))
    told: dict[str, Any] = json.loads(row.unseal(vault, "outcome"))
    outcome = Outcome(**{**told, "eligible": tuple(told["eligible"]), "blocks": tuple(told["blocks"])})
    return FrozenDecision(
        case,
        Action(row.action),
        ApplicationStage(row.application),
        row.decided_on,
        row.staff_name,
        Facts(application, by_hand),
        outcome,
        texts,
    )


def _rules(session: Session) -> str:
    """The digest under which today's parameter files are kept."""
    texts = json.dumps(dict(shipped_texts()), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(texts.encode()).hexdigest()
    if session.get(FrozenRules, digest) is None:
        session.add(FrozenRules(digest=digest, texts=texts))
        session.flush()
    return digest


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(text: str) -> str:
    return zlib.decompress(base64.b64decode(text)).decode()


def _place(finding: Finding) -> str:
    row = "" if finding.seq is None else f" 第{finding.seq}号"
    return f"{finding.code}{row}{f' {finding.item}' if finding.item else ''}"


def _money(fen: int | None) -> str:
    return "未核算" if fen is None else f"{yuan(fen)}元"
