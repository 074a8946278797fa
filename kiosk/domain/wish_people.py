"""Who of the people answers for the wishes: they follow when a person gets another reference, or leaves the form."""

from dataclasses import replace

from .case import OpeningForm
from .ids import PersonRef


def renamed(form: OpeningForm, ref: PersonRef, to: PersonRef) -> OpeningForm:
    """The same wishes of a person who stands under another reference now."""
    return _followed(form, ref, to)


def without(form: OpeningForm, ref: PersonRef) -> OpeningForm:
    """Nobody answers in the place of a person who was taken off; at the bank it is the applicant."""
    return _followed(form, ref, None)


def _followed(form: OpeningForm, ref: PersonRef, to: PersonRef | None) -> OpeningForm:
    def of(one: PersonRef | None) -> PersonRef | None:
        return to if one == ref else one

    if (invoice := form.invoice) is not None:
        form = replace(form, invoice=replace(invoice, buyer=of(invoice.buyer)))
    if (social := form.social) is not None:
        insured = tuple(one for old in social.insured if (one := of(old)) is not None)
        form = replace(form, social=replace(social, handler=of(social.handler), insured=insured))
    if (fund := form.fund) is not None:
        form = replace(form, fund=replace(fund, handler=of(fund.handler)))
    bank = form.bank_appt
    if bank is not None and bank.contact == ref and (contact := to or form.applicant) is not None:
        form = replace(form, bank_appt=replace(bank, contact=contact))
    return form
