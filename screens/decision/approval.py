"""Steps 4 and 7: the decision, with an opinion, over what the check found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.style import Style

from pxtui.casework.check import eligibility, standing
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.check.standing import Standing
from pxtui.casework.claim import platform_records
from pxtui.casework.decision import advance, amounts, class_changes, corrections
from pxtui.casework.decision.amounts import Amounts, DecisionSheet
from pxtui.casework.decision.class_changes import Proposal
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY, UNDER_DECISION, move
from pxtui.casework.lifecycle.stages import ACTION_NAMES, STAGE_NAMES, Action, Stage
from pxtui.casework.lifecycle.stated_days import MARK, Stated
from pxtui.casework.offline import results as offline_results
from pxtui.casework.offline.results import CarriedClass
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.judgement import Finding, Judgement
from pxtui.policy.subsidy import yuan
from pxtui.policy.vouchers import counted_twice
from screens.decision.decision_screen import DecisionScreen
from screens.entry.choices import NO_CHOICE, Choice
from screens.entry.fields import Alphabet, Field
from screens.frame.files import ask_for_file
from screens.frame.screen import Handlers
from screens.frame.steps import room_for
from screens.terminal.theme import BY_VERDICT, GOOD, HEAD, STRONG
from screens.widgets.prose import Paragraph

_ENTRY_ROOMS = (("roster", "花名册"), ("learning", "学习记录"), ("claim", "补贴申请"), ("vouchers", "凭证"))
_ON = (
    Action.SUBMIT,
    Action.AWAIT_PAPER,
    Action.APPROVE,
    Action.FIRST_CHECK,
    Action.SECOND_CHECK,
    Action.ACCEPT,
    Action.CLAIM,
    Action.ARCHIVE,
)
"""What takes a case on: always the first choice. Back, no and withdrawn follow it under digits of their own."""
_PLACES = {Action.RETURN: 1, Action.REOPEN: 1, Action.REFUSE: 2, Action.WITHDRAW: 3}
_FINAL = frozenset({Action.REFUSE, Action.WITHDRAW, Action.TRANSFER})
"""Nothing takes these back: they are asked for once more."""
_HANDED_IN = frozenset({Stage.RECEIVED, Stage.CLAIM_RECEIVED})


class Approval(DecisionScreen):
    """Findings of the check, and below them the form of the decision."""

    name_in_keymap = "approval"
    form_height = 5

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._case: CaseSummary | None = None
        self._told: list[Paragraph] = []

    def handlers(self) -> Handlers:
        """A field is put right or a class changed, results of offline lessons come in."""
        return {
            **super().handlers(),
            "change": self.do_change,
            "offline": self.do_offline,
            "confirm_day": self.do_confirm_day,
            "papers": self.do_papers,
            "menu": self.do_menu,
        }

    def load(self) -> None:
        """Ask for the check."""
        self.show_title("", "正在审查")
        self.read(eligibility.overview, self.number, then=self._ask_for_sheet, hold=True)
        self.read(advance.possible_actions, self.number, then=self._offer, hold=True)

    def head_shown(self, case: CaseSummary) -> None:
        """The stage says at which step the case is."""
        self._case = case
        self.show_step(7 if case.is_claim else 4)

    def _ask_for_sheet(self, overview: Overview) -> None:
        self.read(
            amounts.decision_sheet, self.number, overview, then=partial(self._ask_for_changes, overview), hold=True
        )

    def _ask_for_changes(self, overview: Overview, sheet: DecisionSheet) -> None:
        self.read(check_frozen.since_last, self.number, then=partial(self._ask_what_stands, overview, sheet), hold=True)

    def _ask_what_stands(self, overview: Overview, sheet: DecisionSheet, changes: tuple[str, ...]) -> None:
        show = partial(self._show, overview, sheet, changes)
        self.read(standing.standing, self.number, then=show, hold=True)

    def _offer(self, actions: tuple[Action, ...]) -> None:
        if not self.has_form and actions:
            fields = (
                Field("action", "办理", 12, Alphabet.CHOICE, required=True, choices=_choices(actions)),
                Field(
                    "opinion", "意见", 60, help="退回、不予同意写明理由；有提示的，同意时书面答复。填完按Enter办理。"
                ),
            )
            self.show_form(fields, {})
        if not actions and self._case is not None:
            is_offline = self._case.stage is Stage.TRANSFERRED
            ways = "按F6导入线下结果，F11确认没有拨付的" if is_offline else "没有可在这里办理的事项"
            self.say(f"此案“{self._case.stage_name_on(self.today)}”，{ways}。")

    @property
    def _stated(self) -> tuple[Stated, ...]:
        return () if self._case is None else self._case.stated_days

    def do_change(self) -> None:
        """F2."""
        if self._case is not None and self._case.stage in OPENING_ENTRY:
            self.go_on_to("intake")
            return
        # What cannot be put right is said here, before anything is keyed.
        self.read(corrections.page, self.number, then=lambda _: self._go_to_what_waits(), hold=True)

    def _go_to_what_waits(self) -> None:
        def go(waiting: Proposal | None) -> None:
            self.go_on_to("correcting" if waiting is None else "changing")

        self.read(class_changes.proposal, self.number, then=go, hold=True)

    def do_confirm_day(self) -> None:
        """F11: as a second person."""
        if self._case is not None and self._case.stage is Stage.TRANSFERRED:
            self.ask("没有拨付的线下结果，核对了什么（如回函编号）：", self._confirm_unpaid)
            return
        waiting = [stated for stated in self._stated if stated.confirmed_by is None]
        if not waiting:
            self.warn("没有等待确认的补登日期。")
            return
        days = "、".join(str(stated.day) for stated in waiting)
        self.confirm(
            f"确认{MARK}的收件日期{days}属实",
            lambda: self.write(cases.confirm_days, self.number, then=self._confirmed, hold=True),
        )

    def _confirmed(self, _: object) -> None:
        self.go_on_to("approval")
        self.counter.say_next(f"已确认{MARK}的收件日期。")

    def _confirm_unpaid(self, evidence: str) -> None:
        self.write(offline_results.confirm_unpaid, self.number, evidence, then=self._kept, hold=True)

    def do_offline(self) -> None:
        """F6."""
        self.read(cases.look_up, self.number, then=self._ask_for_file, hold=True)

    def _ask_for_file(self, case: CaseSummary) -> None:
        if case.stage is Stage.OPENED:
            self.read(platform_records.platform_of, self.number, then=self._ask_for_hours, hold=True)
        elif case.stage is Stage.TRANSFERRED:
            take = partial(self._read, offline_results.read_results, offline_results.take_results)
            ask_for_file(self, "线下结果的文件", take)
        else:
            self.warn("这一步没有要导入的文件。")

    def _ask_for_hours(self, platform: str | None) -> None:
        read = partial(offline_results.read_hours, office=self.counter.place.platforms, platform=platform)
        ask_for_file(self, "线上学时（平台记录或附件4）的文件", partial(self._read, read, offline_results.put_hours))

    def _read(self, reader: Callable[[Path], Any], keep: Callable[..., CarriedClass], path: Path) -> None:
        self.work(partial(reader, path), partial(self._keep, keep, path.name), hold=True)

    def _keep(self, keep: Callable[..., CarriedClass], source: str, found: object) -> None:
        self.write(partial(keep, source=source), self.number, found, then=self._kept, hold=True)

    def _kept(self, carried: CarriedClass) -> None:
        self.say(carried.summary)

    def decide(self) -> None:
        """Enter in the opinion: what cannot be taken back is asked for once more."""
        values = self.form.engine.current()
        if not values.get("action"):
            self.form.go_to("action")
            self.warn("请先选择办理结果。")
            return
        action, opinion = Action(values["action"]), values.get("opinion", "")
        if action is Action.SUBMIT and (unfinished := self._unfinished()):
            self.warn(f"{unfinished}里还有没存下的内容，请先去填完或删去，再提交。")
            return
        decide = partial(self.write, advance.advance, self.number, action, opinion, then=self._decided, hold=True)
        lacks_reason = action is Action.REFUSE and not opinion.strip()
        if action is Action.ARCHIVE:
            self._ask_for_papers(decide)
        elif (action in _FINAL and not lacks_reason) or (action is Action.APPROVE and not opinion.strip()):
            self.confirm(self._what_follows(action), decide)
        else:
            decide()

    def _what_follows(self, action: Action) -> str:
        assert self._case is not None
        leads_to = STAGE_NAMES[move(self._case.stage, action).to]
        return f"{ACTION_NAMES[action]}后此案“{leads_to}”，不能收回"

    def _ask_for_papers(self, archive: Callable[[], None]) -> None:
        """Ask once more before the archive, with the papers that the case still needs."""
        # The page stands without the papers.
        from pxtui.casework.printed import issuing

        def ask(offers: list[issuing.Offer]) -> None:
            missing = [offer.name for offer in offers if offer.is_missing]
            papers = f"还有{len(missing)}份须出没有出（按F9）：{'、'.join(missing)}" if missing else ""
            if papers:
                self._prose.show((papers, BY_VERDICT["注意"]), *self._told)
            what = f"还有{len(missing)}份文书须出（见上，F9出具），仍要归档" if missing else None
            self.confirm(what or self._what_follows(Action.ARCHIVE), archive)

        self.read(issuing.offers, self.number, then=ask, hold=True)

    def _unfinished(self) -> str:
        """Where this clerk has left something that is not stored: what is handed in would lack it."""
        left = (name for room, name in _ENTRY_ROOMS if self.counter.kept_draft(room, self.number) is not None)
        return next(left, "")

    def _decided(self, stage: Stage) -> None:
        if stage in UNDER_DECISION:
            self.go_on_to("approval")
        elif stage in CLAIM_ENTRY:
            self.go_on_to(room_for(stage))
        else:
            self.leave()
        assert self._case is not None
        now = replace(self._case, stage=stage).stage_name_on(self.today)
        receipt = "收件回执按F9出具。" if stage in _HANDED_IN else ""
        self.counter.say_next(f"已办理：{self.number} {now}。{receipt}")

    def _show(self, overview: Overview, sheet: DecisionSheet, changes: tuple[str, ...], found: Standing) -> None:
        is_claim = overview.application.stage is ApplicationKind.CLAIM
        self.show_title("补贴审批" if is_claim else "开班审批", _heads(overview))
        self._told = decision_paragraphs(overview, sheet, changes, found, self._stated)
        self._prose.show(*self._told)

    def help_texts(self) -> tuple[str, ...]:
        """What the decision is for."""
        return (
            "审批：选择办理结果，写意见，Enter办理。同意时只批准符合条件的人员；退回补正和不予同意须写理由。",
            "审查有提示，或曾有异议成立、退票、撤出拨付、退回的，同意时须在意见里一并答复，答复随决定存档。",
            "审查结果可用PgUp、PgDn翻看。收件日期是补登的，岗位分设时由另一人按F11确认后再办理。",
            "批准以后录错的内容按F2更正，日期、平台、人员在那里按Ctrl+N变更。",
        )

    def pressed(self, key: str) -> None:
        """The findings scroll."""
        self._prose.press(key)


def decision_paragraphs(
    overview: Overview, sheet: DecisionSheet, changes: tuple[str, ...], found: Standing, stated_days: Sequence[Stated]
) -> list[Paragraph]:
    """What whoever decides reads, each open point once: the outcome, what is to be answered, the figures, findings."""
    judgement, caution = overview.judgement, BY_VERDICT["注意"]
    outcome, sentence = ("通过", "审查通过") if judgement.passes else ("不符", "审查不通过")
    paragraphs: list[Paragraph] = [(sentence, BY_VERDICT.get(outcome, GOOD))]
    if (money := judgement.subsidy) is not None:
        paragraphs.append(
            (
                f"有效支出{yuan(money.cost_fen)}元，覆盖{money.heads}人，每人{yuan(money.per_person_fen)}元，"
                f"符合{money.eligible}人，补贴{yuan(money.total_fen)}元",
                STRONG,
            )
        )
    paragraphs += [(f"注意 {stated.sentence}", caution) for stated in stated_days]
    paragraphs += _open_points(found)
    paragraphs += [*_figures(sheet), *(change for change in changes if change not in found.steps_back)]
    paragraphs += [
        (f"{'不符' if finding.blocks else '注意'} {finding.message}（通知{finding.clause}）", _style(finding))
        for finding in judgement.of_row(None)
        if finding.message not in found.points
    ]
    paragraphs += [(f"注意 {item.name}{item.fault}。", caution) for item in sheet.too_few]
    paragraphs += [(f"注意 {sentence}", caution) for sentence in counted_twice(overview.application.vouchers)]
    return [*paragraphs, *_about_rows(judgement, found)]


def _style(finding: Finding) -> Style:
    return BY_VERDICT["不符" if finding.blocks else "注意"]


def _about_rows(judgement: Judgement, found: Standing) -> list[Paragraph]:
    """Findings about single trainees, but for those that are answered above."""
    of_rows = [
        (finding.blocks, sentence)
        for finding in judgement.findings
        if finding.seq is not None and (sentence := f"第{finding.seq}号：{finding.message}") not in found.points
    ]
    paragraphs: list[Paragraph] = []
    for heading, are_blocked in (("核减的人员", True), ("要注意的人员", False)):
        some = [sentence for blocks, sentence in of_rows if blocks is are_blocked]
        paragraphs += [(heading, HEAD), *some] if some else []
    return paragraphs


def _heads(overview: Overview) -> str:
    """How many are in: as it was decided, or as it would be."""
    rows = len(overview.application.roster)
    if overview.approved:
        return f"批准{len(overview.approved)}人  其余{rows - len(overview.approved)}人"
    eligible = len(overview.judgement.eligible)
    return f"符合{eligible}人  核减{rows - eligible}人"


def _open_points(found: Standing) -> list[Paragraph]:
    """Why it came back, what the register knows, and how much is to be answered in the opinion."""
    caution = BY_VERDICT["注意"]
    lines: list[Paragraph] = [(sentence, caution) for sentence in found.steps_back if sentence not in found.points]
    lines += [(f"注意 {note}", caution) for note in found.notes]
    if found.points:
        lines.append((f"同意须在意见里书面答复以下{len(found.points)}项：", HEAD))
        lines += [(f"{seq} {point}", caution) for seq, point in enumerate(found.points, start=1)]
    return lines


def _figures(sheet: DecisionSheet) -> list[Paragraph]:
    """The figures side by side, and what leads from the claim to its outcome."""
    if sheet.amounts == Amounts():
        return []
    taken_off = "；".join(map(amounts.in_words, sheet.deductions))
    return [(f"金额（元）  {sheet.amounts.in_words}", STRONG), *([f"核减 {taken_off}"] if taken_off else [])]


def _choices(actions: Sequence[Action]) -> tuple[Choice, ...]:
    """What may be decided, each under the digit that it has at every stage."""
    on = next((action for action in _ON if action in actions), None)
    places: list[Choice] = [NO_CHOICE] * (1 + max(_PLACES.values()))
    for action in actions:
        choice = (action.value, ACTION_NAMES[action])
        if action is on:
            places[0] = choice
        elif action in _PLACES:
            places[_PLACES[action]] = choice
        else:
            places.append(choice)
    return tuple(places)
