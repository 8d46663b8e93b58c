"""What is read of cases, batches and papers is of one's own office, or is listed here with why it is not.

Read from the source: which functions of casework select from these tables, and ask whose rows they are.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "pxtui" / "casework"
TABLES = {"Case", "PublicityBatch", "PaymentBatch", "Recovery", "PaperIssued"}
ASKS = {"of_seen_offices", "of_own_office", "require_seen", "_of_own_office"}

OF_A_CASE = "of one case or batch, or of some that were found before"
OF_THE_RULES = "the rules count over all offices; what is told has number, days and amounts"
OF_THE_CITY = "the lifting, the calendar and replays are the whole register's"
OF_THE_PROGRAM = "retention, practice and merging are done for the whole register"
OF_THE_PERSON = "a person may have all that is kept of him"
OF_THE_MONEY = "a source of funds pays for the whole register"

NOT_BY_OFFICE = {
    "calendar.lifting.sign": OF_THE_CITY,
    "calendar.lifting.touched": OF_THE_CITY,
    "calendar.lifting_correction._changed": OF_THE_CITY,
    "calendar.year_calendar._spans": OF_THE_CITY,
    "decision.corrected_fields._is_of_one_firm": OF_THE_RULES,
    "decision.replay._by_cases": OF_THE_CITY,
    "decision.replay.preview": OF_THE_CITY,
    "decision.voiding._require_own_mistake": OF_A_CASE,
    "desk.waiting_payments.waiting": OF_A_CASE,
    "desk.search_words._named": "`search` asks whose the cases are that a word means",
    "desk.search_words._of_cases": "`search` asks whose the cases are that a word means",
    "exchange.receiving._shared": OF_THE_RULES,
    "exchange.striking._told_of_voucher": OF_THE_RULES,
    "exchange.striking.strike_training": OF_THE_RULES,
    "exchange.told_trainings._of_numbers": OF_THE_RULES,
    "merging.told._paid": OF_THE_PROGRAM,
    "merging.told.read": OF_THE_PROGRAM,
    "keeping.erasure._forget_contact": OF_THE_PROGRAM,
    "keeping.extract._rows": OF_THE_PERSON,
    "keeping.retention._over": OF_THE_PROGRAM,
    "keeping.retention._papers": OF_THE_PROGRAM,
    "lifecycle.batches.items_of": OF_A_CASE,
    "lifecycle.cases._BY_NUMBER": "`find` asks whose the case is that it found",
    "lifecycle.fraud.marks": OF_THE_RULES,
    "opening.filed_twice.note": OF_THE_RULES,
    "opening.filed_twice.refuse_known_bundle": OF_THE_RULES,
    "outside_lists.noting._open_cases": "a list is compared with every case; `shown` asks which are told",
    "payment.bank_answers._shared_references": OF_THE_RULES,
    "payment.doubts._is_at_the_bank": OF_A_CASE,
    "payment.doubts._unconfirmed": OF_A_CASE,
    "payment.movements._entered": OF_A_CASE,
    "payment.movements._of_recoveries": OF_A_CASE,
    "payment.movements._recovered": OF_THE_MONEY,
    "payment.movements.standing": OF_THE_MONEY,
    "payment.orders._paid_or_ordered": OF_A_CASE,
    "payment.orders.stop": OF_A_CASE,
    "payment.recovery._NEWEST_FIRST": "those who use it ask",
    "payment.recovery._open": OF_A_CASE,
    "payment.recovery._require_new": OF_THE_RULES,
    "payment.recovery.returned_fen": OF_A_CASE,
    "payment.signing._entries": OF_A_CASE,
    "payment.stated_returns.bearer_of": OF_THE_RULES,
    "people.two_names._appearances": "of another office's case the office is named and not the applicant",
    "profiles.classes.lines": "of another office's case the days, the occupation and the office are told",
    "profiles.found_enterprises._of_newest_cases": "enterprises are the whole register's",
    "profiles.of_person.of": OF_A_CASE,
    "profiles.of_person.rows_of": "of another office's case the days, the occupation and the office are told",
    "profiles.phone_sharing._of_rosters": "of another office's people the office is told and no name",
    "profiles.subject._enterprises": "enterprises are the whole register's",
    "practice.mistakes._at": OF_THE_PROGRAM,
    "practice.sample._first": OF_THE_PROGRAM,
    "printed.delivery._letters": OF_A_CASE,
    "printed.entering.issued_alike": OF_A_CASE,
    "printed.filing._issued": OF_A_CASE,
    "printed.forwarding.forwarding_list": "what the committee forwarded itself",
    "printed.issue_rules._excluded": OF_A_CASE,
    "printed.issuing._drawn_before": OF_A_CASE,
    "printed.issuing.offers": OF_A_CASE,
    "printed.ledger_money._payment_batches": OF_A_CASE,
    "printed.ledger_money._published_in": OF_A_CASE,
    "printed.opening._was_told_of_the_end": OF_A_CASE,
    "printed.published.numbers_since": OF_A_CASE,
    "printed.published.papers_of_batch": OF_A_CASE,
    "printed.reception._papers": OF_A_CASE,
    "printed.reception._why_told_again": OF_A_CASE,
    "printed.recovering._open_recovery": OF_A_CASE,
    "printed.shift_list.shift_list": "what the acting person handed over himself",
    "publicity.batches.payable_from": OF_A_CASE,
    "all_cases.checking.check_all": OF_THE_PROGRAM,
    "signs.gathered._classes": OF_THE_RULES,
    "signs.gathered._phones": OF_THE_RULES,
    "signs.gathered._seller_claims": OF_THE_RULES,
    "signs.gathered._vouchers": OF_THE_RULES,
    "supervision.case_sums._recoveries": "`_facts` asks whose the cases are",
    "supervision.reasons._rows": OF_A_CASE,
}


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Functions, methods and module-wide values by name."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            yield statement.name, statement
        elif isinstance(statement, ast.ClassDef):
            yield from ((part.name, part) for part in statement.body if isinstance(part, ast.FunctionDef))
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield statement.targets[0].id, statement


def selects_from_them(node: ast.AST) -> bool:
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in {"select", "selected"}:
            named = {name.id for chosen in part.args for name in ast.walk(chosen) if isinstance(name, ast.Name)}
            if named & TABLES or "self.table" in ast.unparse(part):
                return True
    return False


def asks_whose(node: ast.AST) -> bool:
    names = {part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "") for part in ast.walk(node)}
    return bool(names & ASKS)


def not_asking() -> tuple[set[str], int]:
    found, how_many = set(), 0
    for path in ROOT.rglob("*.py"):
        room = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for name, node in definitions(ast.parse(path.read_text(encoding="utf-8"))):
            if selects_from_them(node):
                how_many += 1
                found |= set() if asks_whose(node) else {f"{room}.{name}"}
    return found, how_many


def test_what_is_read_is_of_one_s_own_office_or_says_why_not() -> None:
    found, how_many = not_asking()
    assert found - NOT_BY_OFFICE.keys() == set(), "these show cases of all offices: ask `roles.of_seen_offices`"
    assert NOT_BY_OFFICE.keys() - found == set(), "these ask by now, or are gone"
    assert how_many > len(NOT_BY_OFFICE) + 15, "the source is written otherwise than this test reads it"
