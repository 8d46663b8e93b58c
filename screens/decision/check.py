"""Steps 3 and 7: the check, rows by findings, with the explanation of the row under the cursor."""

from collections.abc import Iterable, Mapping
from functools import partial

from pxtui.casework.all_cases import marks
from pxtui.casework.check import eligibility, standing
from pxtui.casework.check.eligibility import Overview, row_verdict
from pxtui.casework.check.returning import returning, who_returns
from pxtui.casework.check.standing import Standing
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.claim.deductions_by_hand import ReviewedRow
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM
from pxtui.casework.people import reveals
from pxtui.casework.signs import decisions
from pxtui.identifiers import id_number
from pxtui.policy import words
from pxtui.policy.deductions import BY_HAND
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.policy.judgement import Finding
from screens.frame.case import CaseScreen
from screens.frame.list_hits import ask_to_decide
from screens.frame.passing_on import ask_to_pass_on
from screens.frame.screen import Handlers
from screens.terminal.plain import fitted
from screens.terminal.theme import BY_VERDICT, GOOD, HEAD
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_EXPLANATION_HEIGHT = 7
_CODES_A_LINE = 3
_CODE_WIDTH = 25
_ABOUT_THE_CASE = "申请"

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("证号", ("person.id-invalid", "person.sex-mismatch")),
    ("重复", ("person.duplicate",)),
    ("年龄", ("person.age-mismatch", "person.under-age", "person.retirement-age")),
    ("电话", ("person.phone-invalid",)),
    ("次数", ("person.annual-limit",)),
    ("时段", ("person.overlap",)),
    ("职业", ("person.repeat",)),
)
_CLAIM_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("名单", ("person.not-approved",)),
    ("学时", ("person.hours-short",)),
    ("考核", ("person.failed", "person.account-shared")),
)


def _code_fault(code: str) -> str:
    return "" if code in BY_HAND else f"没有核减代码“{code}”，请按列出的两位代码填写。"


class Eligibility(CaseScreen):
    """Every person against every rule, and the application itself in the first row."""

    name_in_keymap = "eligibility"
    step = 3

    def __init__(self, number: str, came_from: str = "") -> None:
        """`came_from`: the screen in whose place this one stands; empty: the one below is gone back to."""
        super().__init__(number)
        self._came_from = came_from
        self._listing = _listing(_KINDS, ListColumn("身份证号", 18))
        # Three more columns: of the number only the end has room in 80 cells.
        self._claim_listing = _listing((*_CLAIM_KINDS, *_KINDS), ListColumn("证号尾", 6))
        self._claim_listing.display = False
        self._explanation = Prose()
        self._explanation.styles.height = _EXPLANATION_HEIGHT
        self._overview: Overview | None = None
        self._by_row: list[list[Finding]] = []
        self._what_stands = Standing()
        self._returning: Mapping[int, str] = {}
        self._besides: dict[str, str] = {}
        self._case: CaseSummary | None = None

    def handlers(self) -> Handlers:
        """People are taken out by hand and put back."""
        return {
            **super().handlers(),
            "decide": self.do_decide,
            "deduct": self.do_deduct,
            "put_back": self.do_put_back,
            "reveal": self.do_reveal,
            "profile": self.do_profile,
            "next": self.do_next,
            "papers": self.do_papers,
            "menu": self.do_menu,
            "pass_on": self.do_pass_on,
            "signs": self.do_signs,
        }

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._claim_listing if self._is_claim else self._listing

    @property
    def _is_claim(self) -> bool:
        return self._overview is not None and self._overview.application.stage is ApplicationKind.CLAIM

    def body(self) -> Iterable[Pane]:
        """The list and the explanation."""
        return (self._listing, self._claim_listing, self._explanation)

    def do_pass_on(self) -> None:
        """Ctrl+W."""
        ask_to_pass_on(self, self.number)

    def do_signs(self) -> None:
        """F5."""
        self.counter.open("signs", self.number)

    def load(self) -> None:
        """Ask for the check."""
        self.show_title("审查", "正在审查")
        watch = self.long_work("正在审查", "已取消审查，什么都没有改动；按Esc返回。")
        self.read(eligibility.overview, self.number, watch, then=self._show, hold=True)

    def head_shown(self, case: CaseSummary) -> None:
        """Its step follows from the stage."""
        self._case = case
        self.show_step(7 if case.is_claim else 3)

    def do_back(self) -> None:
        """Esc: what is found here is mended there."""
        if self._came_from:
            self.go_on_to(self._came_from)
        else:
            super().do_back()

    def do_next(self) -> None:
        """On to the decision."""
        self.go_on_to("approval")

    def do_deduct(self) -> None:
        """F11."""
        if (trainee := self._under_cursor()) is None:
            return
        codes = [fitted(f"{code} {text}", _CODE_WIDTH) for code, text in BY_HAND.items()]
        lines = ["".join(codes[first : first + _CODES_A_LINE]) for first in range(0, len(codes), _CODES_A_LINE)]
        self._explanation.show((f"核减第{trainee.seq}号 {trainee.name}，代码：", HEAD), *lines)
        self.ask("核减代码：", partial(self._ask_why, trainee), check=_code_fault)

    def do_decide(self) -> None:
        """F4."""
        if self._overview is None:
            return
        index = self.pane_index()
        seq = self._overview.application.roster[index - 1].seq if index else None
        ask_to_decide(self, self.number, [hit for hit in self._overview.lists.hits if hit.seq == seq], self._decided)

    def _decided(self, sentence: str) -> None:
        self.load()
        self.came_back()
        self.say(sentence)

    def do_put_back(self) -> None:
        """F8."""
        if (trainee := self._under_cursor()) is not None:
            self.write(
                deductions_by_hand.put_back, self.number, trainee.seq, then=partial(self._done, "撤销核减"), hold=True
            )

    def do_reveal(self) -> None:
        """Ctrl+C."""
        if self.pane_index():
            self.reveal(reveals.of_row, self.pane_index() - 1)
        else:
            self.warn("请把光标移到人员上。")

    def do_profile(self) -> None:
        """Ctrl+Y."""
        if self.pane_index():
            self.open_person(self.pane_index() - 1)
        else:
            self.open_enterprise()

    def _under_cursor(self) -> Trainee | None:
        index = self.pane_index()
        if self._case is not None and self._is_claim and self._case.stage not in CLAIM.under_review:
            self.warn(f"此案“{self._case.stage_name}”，提交审查以后、审批以前才能核减。")
            return None
        if self._overview is None or not self._is_claim or index == 0:
            self.warn("核减的是补贴申请的人员，请把光标移到人员上。")
            return None
        return self._overview.application.roster[index - 1]

    def _ask_why(self, trainee: Trainee, code: str) -> None:
        self._explain()
        self.ask(
            f"{code} {BY_HAND[code]}，查实的情况：",
            lambda reason: self.write(
                deductions_by_hand.deduct,
                self.number,
                trainee.seq,
                code,
                reason,
                then=partial(self._done, "核减"),
                hold=True,
            ),
        )

    def _done(self, what: str, row: ReviewedRow) -> None:
        self.load()
        self.came_back()
        self.say(f"已{what}：{row.sentence}。")

    def _tell_missing(self, sentence: str) -> None:
        """What the check does not look at and would still hold the application up."""
        if sentence:
            self.say(sentence)

    def _show(self, overview: Overview) -> None:
        self._overview = overview
        judgement = overview.judgement
        by_seq: dict[int | None, list[Finding]] = {None: []}
        for finding in overview.findings:
            by_seq.setdefault(finding.seq, []).append(finding)
        people = overview.application.roster
        self._by_row = [by_seq[None], *(by_seq.get(trainee.seq, []) for trainee in people)]
        self._claim_listing.display, self._listing.display = self._is_claim, not self._is_claim
        listing = self._claim_listing if self._is_claim else self._listing
        rows = [self._row(_ABOUT_THE_CASE, None, self._by_row[0])]
        rows += [
            self._row(str(trainee.seq), trainee, found) for trainee, found in zip(people, self._by_row[1:], strict=True)
        ]
        listing.show(rows)
        outcome = "通过" if judgement.passes else "不通过"
        excluded = len(people) - len(judgement.eligible)
        self.show_title("审查", f"{len(people)}人  符合{len(judgement.eligible)}人  核减{excluded}人  {outcome}")
        self._besides = {}
        self._explain()
        self.read(advance.why_incomplete, self.number, then=self._tell_missing)
        self.read(standing.standing, self.number, then=self._show_what_stands)
        self.read(returning, self.number, then=self._show_returning)
        self.read(marks.sentence, self.number, then=partial(self._show_besides, "changed"))
        self.read(decisions.summary, self.number, then=partial(self._show_besides, "signs"))

    def _show_what_stands(self, found: Standing) -> None:
        """What the rules do not find: it belongs to the application itself."""
        self._what_stands = found
        if self._prompt is None:
            self._explain()

    def _show_returning(self, found: Mapping[int, str]) -> None:
        """Nothing is wrong with coming again, and the clerk is asked about it all the same."""
        self._returning = found
        if self._prompt is None:
            self._explain()

    def _show_besides(self, what: str, sentence: str) -> None:
        """What no rule says: a verdict that changed, and how many signs there are, which have a screen of their own."""
        self._besides = {**self._besides, what: sentence} if sentence else self._besides
        if self._prompt is None:
            self._explain()

    def _row(self, label: str, trainee: Trainee | None, found: list[Finding]) -> tuple[str, ...]:
        kinds = (*_CLAIM_KINDS, *_KINDS) if self._is_claim else _KINDS
        verdict = row_verdict(found).word
        if trainee is None:
            cells = ("",) * len(kinds)
            head = ("", "（申请）", "", verdict)
        else:
            cells = tuple(_word(found, codes) for _, codes in kinds)
            masked = id_number.masked(trainee.id_number)
            head = (label, trainee.name, masked[-4:] if self._is_claim else masked, verdict)
        return (*head, *cells, "")

    def _explain(self) -> None:
        assert self._overview is not None
        index = self.pane_index()
        found = self._by_row[index]
        if index == 0:
            judgement = self._overview.judgement
            head = f"申请：{words.ROUTES[judgement.route]}"
        else:
            trainee = self._overview.application.roster[index - 1]
            head = f"第{trainee.seq}号 {trainee.name}"
        paragraphs: list[Paragraph] = [(head, HEAD)]
        if sentence := self._told_of_returning(index):
            paragraphs.append(sentence)
        for finding in sorted(found, key=lambda finding: not finding.blocks):
            word = "不符" if finding.blocks else "注意"
            paragraphs.append((f"{word} {finding.message}（通知{finding.clause}）", BY_VERDICT[word]))
        stated_days = self._case.stated_days if index == 0 and self._case is not None else ()
        paragraphs += [(f"注意 {stated.sentence}", BY_VERDICT["注意"]) for stated in stated_days]
        of_register = (*self._what_stands.steps_back, *self._what_stands.notes) if index == 0 else ()
        paragraphs += [(sentence, BY_VERDICT["注意"]) for sentence in of_register]
        besides = [self._besides[what] for what in ("changed", "signs") if what in self._besides and index == 0]
        paragraphs += [(sentence, BY_VERDICT["注意"]) for sentence in besides]
        if not found and not of_register and not stated_days and not besides:
            paragraphs.append((f"没有发现问题，已查{self._checked(index)}。", GOOD))
        seq = self._overview.application.roster[index - 1].seq if index else None
        paragraphs += filter(None, (self._overview.lists.sentence(seq),))
        self._explanation.show(*paragraphs)

    def _told_of_returning(self, index: int) -> str:
        """Who comes again, in the row of the application; how often, in that of the trainee."""
        if index == 0 or self._overview is None:
            return who_returns(self._returning)
        return self._returning.get(self._overview.application.roster[index - 1].seq, "")

    def _checked(self, index: int) -> str:
        """What was looked at in a row."""
        kinds = (*_CLAIM_KINDS, *_KINDS) if self._is_claim else _KINDS
        return "、".join(name for name, _ in kinds) if index else "单位、培训、日期、材料"

    def pane_index(self) -> int:
        """The row under the cursor."""
        return (self._claim_listing if self._is_claim else self._listing).index

    def after_key(self) -> None:
        """Another row: another explanation. While a code is asked for, the codes stand there."""
        if self._overview is not None and self._prompt is None:
            self._explain()

    def help_texts(self) -> tuple[str, ...]:
        """What the check is for."""
        return (
            "审查：每人一行，每类规则一栏；下面是光标所在一行的依据和办法。第一行是申请本身。Ctrl+N到审批。",
            "不符的人员不予批准，其余人员继续；申请本身有不符的不能同意。",
            "名单命中的查实后按F4认定属实或不影响；“未比对”是没有有效的名单，不是没有命中。",
            "审核补贴时查实另有不符的，F11核减光标所在的人员，填代码和情况；决定之前可按F8撤销。",
        )


def _listing(kinds: tuple[tuple[str, tuple[str, ...]], ...], number: ListColumn) -> Listing:
    columns = (ListColumn("序号", 4, right=True), ListColumn("姓名", 10), number, ListColumn("结论", 4))
    return Listing((*columns, *(ListColumn(name, 4) for name, _ in kinds), ListColumn("", 0)))


def _word(found: list[Finding], codes: tuple[str, ...]) -> str:
    some = [finding for finding in found if finding.code in codes]
    return row_verdict(some).word if some else ""
