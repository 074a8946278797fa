"""At the window: signers who are not here, each asked by a link that is shown on both sides of the counter and
printed for whoever passes it on. Who has signed is the platform's word, and comes by itself."""

from dataclasses import replace
from functools import partial

from kiosk.domain.private import mask_name
from kiosk.rules.documents.signing_link import signing_link

from . import effects as do
from . import events as ev
from . import signing as afar
from .desk import Desk, DeskBusy
from .machine import Effect, Event, Row
from .on_desk import acts, does, visit_of, when


def link_paper(d: Desk) -> tuple[Effect, ...]:
    """The sheet of the link that is shown."""
    v = visit_of(d)
    person = v.form.person(v.link.ref) if v.link else None
    if v.link is None or person is None or v.slip_code is None:
        return ()
    make = partial(signing_link, v.form, v.slip_code, mask_name(person.name), v.link.address, v.link.until)
    return (do.PrintPaper("signing_link", f"signing_link-{v.case_id}-{person.ref}", make),)


def _has_link(d: Desk, e: Event) -> bool:
    return d.busy is None and bool(link_paper(d))


def _print_link(d: Desk, e: Event) -> tuple[Effect, ...]:
    return link_paper(d)


def _printing(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.PRINTING, fault=None)


def _link_printed(d: Desk, e: Event) -> Desk:
    return replace(d, busy=None)


def _not_printed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed)
    return replace(d, busy=None, fault=e.fault)


SIGNS_AFAR: tuple[Row[Desk], ...] = (
    Row(ev.LinkAsked, None, acts("sign", afar.inviting), does("sign", afar.invite), when("sign", afar.may_invite)),
    Row(ev.SigningLinkMade, None, acts("sign", afar.invited), does("sign", afar.invited_noted)),
    Row(ev.LinkShut, None, acts("sign", afar.shut)),
    Row(ev.PaperAsked, None, _printing, _print_link, _has_link),
    Row(ev.SheetDone, None, _link_printed),
    Row(ev.DeviceFailed, None, _not_printed),
)
