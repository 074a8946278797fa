"""The citizen's terminal as values: every screen of the self-service visit, and what is done there as events."""

from collections.abc import Callable
from typing import Any

from kiosk.session import Scene
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from ui.viewmodels.page import Notes, ViewModel
from ui.viewmodels.sight import Screen, Sight, Touch
from ui.words import Words

from . import (
    arrival,
    bank,
    chrome,
    collection,
    company,
    feedback,
    figures,
    finish,
    guides,
    in_person,
    insurance,
    later,
    materials,
    number,
    operator,
    people,
    pickup,
    purpose,
    reprint,
    resume,
    seals,
    settle,
    tax,
    track,
)

_SCREENS: dict[str, Callable[[Sight[Visit]], Screen]] = {
    "home": arrival.home,
    "give_consent": arrival.give_consent,
    "present_id_card": arrival.present_id_card,
    "verify_face": arrival.verify_face,
    "confirm_in_person": in_person.confirm_in_person,
    "choose_purpose": purpose.choose_purpose,
    "declare_name": company.declare_name,
    "describe_business": company.describe_business,
    "give_address": figures.give_address,
    "set_capital": figures.set_capital,
    "name_people": people.name_people,
    "name_operator": operator.name_operator,
    "tax_and_invoice": tax.tax_and_invoice,
    "seals": seals.seals,
    "employment_insurance": insurance.employment_insurance,
    "bank_appointment": bank.bank_appointment,
    "pick_up": pickup.pick_up,
    "collect_materials": materials.collect_materials,
    "check_answers": finish.check_answers,
    "sign": finish.sign,
    "submit": finish.submit,
    "take_receipt": finish.take_receipt,
    "see_progress": track.see_progress,
    "book_collection": collection.book_collection,
    "find_my_case": track.find_my_case,
    "find_my_draft": resume.find_my_draft,
    "enter_resume_code": resume.enter_resume_code,
    "choose_draft": resume.choose_draft,
    "settle_draft": settle.settle_draft,
    "find_my_slip": reprint.find_my_slip,
    "choose_copy": reprint.choose_copy,
    "look_at_copy": reprint.look_at_copy,
    "take_copy": reprint.take_copy,
    "choose_topic": feedback.choose_topic,
    "write_words": feedback.write_words,
    "find_company": later.find_company,
    "choose_company": later.choose_company,
    "choose_items": later.choose_items,
    "confirm_items": later.confirm_items,
    "take_number": feedback.take_number,
    "choose_queue": number.choose_queue,
    "see_number": number.see_number,
    "find_feedback": feedback.find_feedback,
    "read_answer": feedback.read_answer,
    "choose_guide": guides.choose_guide,
    "read_guide": guides.read_guide,
    "rate": track.rate,
    "farewell": track.farewell,
}

_EVENTS: dict[str, Callable[[Touch[Visit]], Event | None]] = {
    "give_consent": arrival.consent_event,
    "verify_face": arrival.face_event,
    "confirm_in_person": in_person.event,
    "choose_purpose": purpose.purpose_event,
    "declare_name": company.name_event,
    "describe_business": company.scope_event,
    "give_address": figures.address_event,
    "set_capital": figures.capital_event,
    "name_people": people.event,
    "name_operator": operator.event,
    "tax_and_invoice": tax.event,
    "seals": seals.event,
    "employment_insurance": insurance.event,
    "bank_appointment": bank.event,
    "pick_up": pickup.event,
    "collect_materials": materials.event,
    "check_answers": finish.check_event,
    "sign": finish.sign_event,
    "submit": finish.submit_event,
    "see_progress": collection.ask_event,
    "book_collection": collection.event,
    "home": track.home_event,
    "find_my_case": track.find_event,
    "find_my_draft": track.find_event,
    "find_my_slip": track.find_event,
    "choose_copy": reprint.copy_event,
    "choose_topic": feedback.topic_event,
    "write_words": feedback.words_event,
    "choose_queue": number.queue_event,
    "find_feedback": feedback.find_event,
    "find_company": later.find_event,
    "choose_company": later.company_event,
    "choose_items": later.items_event,
    "confirm_items": later.confirm_event,
    "choose_guide": guides.choose_event,
    "enter_resume_code": resume.code_event,
    "choose_draft": resume.choose_event,
    "settle_draft": settle.event,
    "rate": track.rate_event,
}


def present(scene: Scene[Visit], words: Words, notes: Notes) -> ViewModel:
    """The screen of the step, with what holds on every screen around it."""
    sight = Sight(scene, words, notes)
    return chrome.framed(sight, _SCREENS[scene.state.step](sight))


def event(name: str, payload: Any, scene: Scene[Visit], notes: Notes) -> Event | None:
    """What somebody's touch means. Anything that the step does not know means nothing."""
    common = chrome.event(name)
    if common is not None:
        return common
    of_step = _EVENTS.get(scene.state.step)
    return of_step(Touch(name, payload, Sight(scene, Words("zh"), notes))) if of_step else None
