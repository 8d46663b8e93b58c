"""Which trainees of a class come again in its year: told where the check finds nothing against them (notice 三)."""

from collections.abc import Collection, Mapping

from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.policy.matter import matter

_MOST_NAMED = 12


def returning(context: Context, number: str) -> Mapping[int, str]:
    """By 序号, how many subsidised trainings this class makes in its calendar year, in Chinese; first ones are missing.

    Counted as the rule `person.annual-limit` counts.
    """
    judged = matter(eligibility.application(context, find(context, number)), context.rulebook, context.working_days)
    year, most = judged.training.starts_on.year, judged.notice.trainings_per_year
    earlier = {
        person.trainee.seq: sum(past.starts_on.year == year and judged.counts_against(past) for past in person.others)
        for person in judged.people
    }
    return {
        seq: f"{year}年第{count + 1}次补贴性培训，每人每年不超过{most}次。" for seq, count in earlier.items() if count
    }


def who_returns(seqs: Collection[int]) -> str:
    """Who of a class comes again in its year, for the row of the application: 2人再次参训：第1、7号。 Empty: nobody."""
    first = "、".join(map(str, sorted(seqs)[:_MOST_NAMED]))
    return f"{len(seqs)}人再次参训：第{first}{'等' * (len(seqs) > _MOST_NAMED)}号。" if seqs else ""
