"""What a business is called on paper, and what only an individual business (个体工商户) says of itself."""

from collections.abc import Mapping

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Text, word
from kiosk.domain.person import Role
from kiosk.rules.wish_facts import wish_facts

from .eyes import Eyes

Pair = tuple[str, Text]


def named(case: OpeningCase) -> Pair:
    """The label of the name and the name: empty where none was given yet, and in words where there will be none."""
    form = case.form
    if not form.is_individual:
        return "company", form.business_name
    return "name", word("individual.nameless") if form.is_nameless else form.business_name


def run_by(case: OpeningCase, eyes: Eyes) -> tuple[Pair, ...]:
    """经营者 and 组成形式, with the family that takes part; nothing of a company."""
    form = case.form
    if not form.is_individual:
        return ()
    operators = form.wearing(Role.LEGAL_REP)
    run = form.individual
    return (
        ("operator", eyes.name(operators[0]) if operators else ""),
        ("composition", word(f"individual.{run.composition.value}") if run.composition else ""),
        ("family", "、".join(eyes.other(one.name) for one in run.family)),
    )


def wished(case: OpeningCase, eyes: Eyes) -> tuple[Pair, ...]:
    """What was asked for beside the registration, each as it stands on the slip of the screen."""
    return tuple(
        (f"wish_{fact.key}", word(fact.text.replace("slip.", "wish.", 1), **_free(fact.args, eyes)))
        for fact in wish_facts(case.form)
    )


def _free(args: Mapping[str, str], eyes: Eyes) -> dict[str, str]:
    """The engraver's name is the applicant's own typing."""
    return {name: eyes.free(value) if name == "shop" else value for name, value in args.items()}


def relation(case: OpeningCase) -> Text:
    """As what the person who heads the business takes its things."""
    return word("handover.operator" if case.form.is_individual else "handover.legal_rep")
