"""Other names near the one that somebody wants: a character more or another one in the trade name, another order of
the parts, the district beside the city.

Only what passes the pre-check without a word is offered, and nothing that was refused in this visit. Whether a
suggestion is free only the register knows. The same seed gives the same suggestions, so a screen does not flicker.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, zip_longest

from kiosk.code_tables import name_words
from kiosk.domain.case import CompanyName, NameOrder
from kiosk.domain.ids import DivisionCode

from .enterprise_name import NameLevel, NameSituation, precheck
from .name_districts import PlaceKind, offered, place_of


def suggest(
    wanted: CompanyName, situation: NameSituation | None = None, seed: str = "", limit: int = 6
) -> tuple[CompanyName, ...]:
    """Up to ``limit`` other names; none where the wanted name is no beginning to build on."""
    around = situation or NameSituation()
    if precheck(wanted, around).level is NameLevel.STOP:
        return ()
    taken = {wanted.full, *(known.name.full for known in around.known)}
    kinds = (
        _mixed(_longer(wanted), seed),
        _mixed(_ordered(wanted), seed),
        _mixed(_placed(wanted, around.division), seed),
        _mixed(_changed(wanted), seed),
    )
    found: list[CompanyName] = []
    for proposal in chain.from_iterable(zip_longest(*kinds)):
        if len(found) >= limit:
            break
        if proposal is None or proposal.full in taken:
            continue
        if precheck(proposal, around).level is NameLevel.PASS:
            taken.add(proposal.full)
            found.append(proposal)
    return tuple(found)


def _longer(wanted: CompanyName) -> Iterator[CompanyName]:
    trade = wanted.trade
    for character, before in name_words.friendly():
        if character not in trade:
            yield replace(wanted, trade=character + trade if before else trade + character)


def _changed(wanted: CompanyName) -> Iterator[CompanyName]:
    """The last or the first character gives way; in longer names both do, since one alone would be too near."""
    trade = wanted.trade
    first = [character for character, before in name_words.friendly() if before]
    last = [character for character, before in name_words.friendly() if not before]
    if len(trade) < name_words.figure("one_differs_least"):
        trades = [trade[:-1] + c for c in last] + [c + trade[1:] for c in first]
    else:
        trades = [a + trade[1:-1] + b for a in first for b in last]
    return (replace(wanted, trade=one) for one in trades)


def _ordered(wanted: CompanyName) -> Iterator[CompanyName]:
    return (replace(wanted, order=order) for order in NameOrder if order is not wanted.order)


def _placed(wanted: CompanyName, division: DivisionCode) -> Iterator[CompanyName]:
    for text in offered(division):
        place = place_of(text)
        if text != wanted.district and place is not None and place.kind is not PlaceKind.CITY:
            yield replace(wanted, district=text)


def _mixed(proposals: Iterator[CompanyName], seed: str) -> list[CompanyName]:
    return sorted(proposals, key=lambda one: hashlib.sha256(f"{seed}\x1f{one.full}".encode()).digest())
