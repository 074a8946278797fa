"""The comprehensive window as values: every screen of the clerk, and what is done there as events."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.session import Scene
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from ui.viewmodels.page import Notes, ViewModel
from ui.viewmodels.sight import Sight, Touch
from ui.words import Words

from . import (
    bundle,
    chrome,
    counter,
    device_in_hand,
    device_settled,
    devices,
    entry,
    fill_form,
    finish,
    intake,
    movements,
    preview,
    queue,
    recheck,
    recipient,
    reports,
    search,
    settle,
    shift,
    sign_form,
    store,
    tasks,
    together,
)

_SCREENS: dict[str, Callable[[Sight[Desk]], chrome.Page]] = {
    "present_staff_card": entry.present_staff_card,
    "enter_pin": entry.enter_pin,
    "find_case": counter.find_case,
    "check_materials": intake.check_materials,
    "see_case": intake.see_case,
    "fill_form": fill_form.fill_form,
    "sign_form": sign_form.sign_form,
    "verify_recipient": recipient.verify_recipient,
    "check_bundle": bundle.check_bundle,
    "sign_handover": finish.sign_handover,
    "handed_over": finish.handed_over,
    "recheck_handover": recheck.recheck_handover,
    "see_store": store.see_store,
    "handle_unit": store.handle_unit,
    "count_place": movements.count_place,
    "receive_goods": movements.receive_goods,
    "send_goods": movements.send_goods,
    "take_in_goods": movements.take_in_goods,
    "close_count": movements.close_count,
    "confirm_second": together.confirm_second,
    "return_card": together.return_card,
    "see_tasks": tasks.see_tasks,
    "search_cases": search.search_cases,
    "view_case": search.view_case,
    "see_reports": reports.see_reports,
    "list_devices": devices.list_devices,
    "take_device": device_in_hand.take_device,
    "watch_device": device_in_hand.watch_device,
    "read_device": device_in_hand.read_device,
    "device_ready": device_settled.device_ready,
    "device_aside": device_settled.device_aside,
    "settle_draft": settle.settle_draft,
    "count_shift": shift.count_shift,
    "sign_shift": shift.sign_shift,
    "take_shift": shift.take_shift,
    "shift_done": shift.shift_done,
}

_EVENTS: dict[str, Callable[[Touch[Desk]], Event | None]] = {
    "enter_pin": entry.pin_event,
    "find_case": counter.find_event,
    "check_materials": intake.materials_event,
    "see_case": intake.case_event,
    "fill_form": fill_form.form_event,
    "sign_form": sign_form.sign_event,
    "verify_recipient": recipient.recipient_event,
    "check_bundle": bundle.bundle_event,
    "sign_handover": finish.signature_event,
    "recheck_handover": recheck.recheck_event,
    "see_store": store.store_event,
    "handle_unit": store.unit_event,
    "count_place": movements.movement_event,
    "receive_goods": movements.movement_event,
    "send_goods": movements.movement_event,
    "take_in_goods": movements.movement_event,
    "close_count": movements.close_event,
    "confirm_second": together.second_event,
    "see_tasks": tasks.tasks_event,
    "search_cases": search.search_event,
    "view_case": search.view_event,
    "see_reports": reports.reports_event,
    "handed_over": finish.handed_event,
    "list_devices": devices.list_event,
    "take_device": device_in_hand.take_event,
    "watch_device": device_in_hand.watch_event,
    "read_device": device_in_hand.read_event,
    "device_aside": device_settled.aside_event,
    "settle_draft": settle.settle_event,
    "count_shift": shift.count_event,
    "sign_shift": entry.pin_event,
    "take_shift": entry.pin_event,
    "shift_done": shift.done_event,
}


def present(scene: Scene[Desk], words: Words, notes: Notes) -> ViewModel:
    """The screen of the step inside the desk's frame."""
    sight = Sight(scene, words, notes)
    if scene.state.lock is not None:
        return chrome.framed(covered(sight), entry.locked(sight))
    return chrome.framed(sight, _SCREENS[scene.state.step](sight))


def covered(sight: Sight[Desk]) -> Sight[Desk]:
    """A locked window shows that it is one, what its lock says, and nothing of anybody."""
    desk = sight.state
    fault = desk.lock.fault if desk.lock else None
    bare = Desk(desk.now, desk.window, "enter_pin", fault=fault)
    return replace(sight, scene=replace(sight.scene, state=bare))


def event(name: str, payload: Any, scene: Scene[Desk], notes: Notes) -> Event | None:
    """What a key or touch means. Anything that the step does not know means nothing."""
    if scene.state.lock is not None:
        return entry.lock_event(Touch(name, payload, Sight(scene, Words("zh"), notes)))
    common = chrome.event(name)
    if common is not None:
        return common
    touch = Touch(name, payload, Sight(scene, Words("zh"), notes))
    if (of_paper := preview.event(touch)) is not None:
        return of_paper
    if (of_queue := queue.event(touch)) is not None:
        return of_queue
    of_step = _EVENTS.get(scene.state.step)
    return of_step(touch) if of_step else None
