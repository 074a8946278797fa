"""The reader for social-security cards, as far as a visit needs it."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts.device import DeviceKind
from kiosk.contracts.social_card import SocialCard, SocialCardReader
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event
from kiosk.workflow.social_card import ReadSocialCard, WatchSocialCard

from .devices import Devices
from .wishes import Wishes

_CARD_SECONDS = 20.0  # one wait of the reader; asked again while the step lasts
_SWAP_SECONDS = 1.0  # for pulling a card that will not do
_LEFT_SECONDS = 12.0  # a card that stays longer than this after the reading was left behind


class SocialCardHands:
    """Part of the citizen's hands."""

    def __init__(self, devices: Devices, wishes: Wishes) -> None:
        self._devices, self._wishes = devices, wishes
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            ReadSocialCard: self._read,
            WatchSocialCard: self._watch,
        }

    def _read(self, effect: ReadSocialCard) -> None:  # noqa: ARG002
        def read(reader: SocialCardReader) -> SocialCard:
            return reader.read(_CARD_SECONDS)

        def anew(reader: SocialCardReader) -> SocialCard:
            reader.wait_removed(_SWAP_SECONDS)
            return reader.read(_CARD_SECONDS)

        self._wishes.drop("social_watch")  # the reader does one thing at a time
        self._wishes.want(
            "social_card", self._devices.social_card_reader, DeviceKind.SOCIAL_CARD_READER, read, ev.SocialCardRead,
            anew,
        )  # fmt: skip

    def _watch(self, effect: WatchSocialCard) -> None:  # noqa: ARG002
        self._watch_for(_LEFT_SECONDS)

    def _watch_for(self, seconds: float) -> None:
        def seen(gone: bool) -> Event:
            if gone:
                return ev.CardTaken(DeviceKind.SOCIAL_CARD_READER)
            self._watch_for(_CARD_SECONDS)
            return ev.CardLeft(DeviceKind.SOCIAL_CARD_READER)

        self._wishes.want(
            "social_watch", self._devices.social_card_reader, DeviceKind.SOCIAL_CARD_READER,
            lambda reader: reader.wait_removed(seconds), seen,
        )  # fmt: skip
