"""Which questions a form is asked: what its company type does not have, or what was not chosen, never comes up."""

from collections.abc import Mapping

from kiosk.domain.case import OpeningForm
from kiosk.domain.item import Item

_OF_COMPANY = frozenset({"set_capital", "name_people", "bank_appointment"})
_OF_INDIVIDUAL = frozenset({"name_operator"})
_OF_ITEM: Mapping[str, Item] = {
    "tax_and_invoice": Item.INVOICE,
    "seals": Item.SEAL,
    "employment_insurance": Item.SOCIAL,
}


def is_asked(step: str, form: OpeningForm) -> bool:
    """Whether a step belongs to the way of this form. The bank is an offer to every company that does more than
    register today; before anything was chosen everything may come up."""
    if step in (_OF_COMPANY if form.is_individual else _OF_INDIVIDUAL):
        return False
    if step == "bank_appointment":
        return set(form.items) != {Item.SETUP}
    return step not in _OF_ITEM or not form.items or _OF_ITEM[step] in form.items
