"""From where on something is a sign of fraud: `signs.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of `signs.toml`, where each has its reason."""

    phone_rows: int
    password_rows: int
    id_run_length: int
    id_run_step: int
    equal_rows: int
    completed_over_course_percent: int
    completed_far_over_percent: int
    phone_people: int
    week_days: int
    seller_claims_at_cap: int
    split_run: int
    name_characters: int
    sample_percent: int
    sample_least: int


@cache
def limits() -> Limits:
    """The limits that come with the program."""
    text = files("pxtui.policy.signs").joinpath("signs.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    sample = {f"sample_{name}": value for name, value in told["sample"].items()}
    return Limits(**told["roster"], **told["elsewhere"], **told["money"], **sample)
