"""Other names near the one that somebody wants: a character more or another one in the trade name, another order of
the parts, the district beside the city.

Only what passes the pre-check without a word is offered, and nothing that was refused in this visit. Whether a
suggestion is free only the register knows. The same seed gives the same suggestions, so a screen does not flicker.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from kiosk.code_tables import name_words
from kiosk.domain.case import CompanyName
from kiosk.domain.ids import DivisionCode
from kiosk.domain.name_order import NameOrder

from .enterprise_name import NameLevel, NameSituation, full_name, precheck
from .name_districts import PlaceKind, offered, place_of


@dataclass(frozen=True, slots=True)
class NameProposal:
    """A name and the order of its parts."""

    name: CompanyName
    order: NameOrder = NameOrder.DISTRICT_FIRST

    @property
    def full(self) -> str:
        """The name as it would stand on the licence."""
        return full_name(self.name, self.order)


def suggest(
    wanted: NameProposal, situation: NameSituation | None = None, seed: str = "", limit: int = 6
) -> tuple[NameProposal, ...]:
    """Up to ``limit`` other names; none where the wanted name is no beginning to build on."""
    around = situation or NameSituation()
    if precheck(wanted.name, wanted.order, around).level is NameLevel.STOP:
        return ()
    taken = {wanted.full, *(known.name.full for known in around.known)}
    kinds = (
        _mixed(_longer(wanted), seed),
        _mixed(_ordered(wanted), seed),
        _mixed(_placed(wanted, around.division), seed),
        _mixed(_changed(wanted), seed),
    )
    found: list[NameProposal] = []
    for proposal in chain.from_iterable(zip_longest(*kinds)):
        if len(found) >= limit:
            break
        if proposal is None or proposal.full in taken:
            continue
        if precheck(proposal.name, proposal.order, around).level is NameLevel.PASS:
            taken.add(proposal.full)
            found.append(proposal)
    return tuple(found)


def _longer(wanted: NameProposal) -> Iterator[NameProposal]:
    trade = wanted.name.trade
    for character, before in name_words.friendly():
        if character not in trade:
            yield replace(wanted, name=replace(wanted.name, trade=character + trade if before else trade + character))


def _changed(wanted: NameProposal) -> Iterator[NameProposal]:
    """The last or the first character gives way; in longer names both do, since one alone would be too near."""
    trade = wanted.name.trade
    first = [character for character, before in name_words.friendly() if before]
    last = [character for character, before in name_words.friendly() if not before]
    if len(trade) < name_words.figure("one_differs_least"):
        trades = [trade[:-1] + c for c in last] + [c + trade[1:] for c in first]
    else:
        trades = [a + trade[1:-1] + b for a in first for b in last]
    return (replace(wanted, name=replace(wanted.name, trade=one)) for one in trades)


def _ordered(wanted: NameProposal) -> Iterator[NameProposal]:
    return (replace(wanted, order=order) for order in NameOrder if order is not wanted.order)


def _placed(wanted: NameProposal, division: DivisionCode) -> Iterator[NameProposal]:
    for text in offered(division):
        place = place_of(text)
        if text != wanted.name.district and place is not None and place.kind is not PlaceKind.CITY:
            yield replace(wanted, name=replace(wanted.name, district=text))


def _mixed(proposals: Iterator[NameProposal], seed: str) -> list[NameProposal]:
    return sorted(proposals, key=lambda one: hashlib.sha256(f"{seed}\x1f{one.full}".encode()).digest())
