"""The rules of the notice, one small function each, under the code that the contract gives it.

Their docstrings name code, severity, condition and source: the clause of the notice, and the standard or the contract,
the agreed table of findings that a case bundle is answered with.
"""

from pxtui.policy.rules import application_rules, person_rules, voucher_rules

CODES = frozenset(
    rule.code
    for rules in (application_rules.RULES, person_rules.RULES, voucher_rules.RULES, voucher_rules.COST_RULES)
    for rule in rules
)
