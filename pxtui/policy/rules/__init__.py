"""The rules of the notice, one small function each, under the code that the contract gives it."""

from pxtui.policy.rules import application_rules, person_rules, voucher_rules

CODES = frozenset(
    rule.code
    for rules in (application_rules.RULES, person_rules.RULES, voucher_rules.RULES, voucher_rules.COST_RULES)
    for rule in rules
)
