"""What goes to the voice, over every face of the terminal: the question always, nothing of a person ever."""

import re
from dataclasses import replace
from typing import Any

import pytest

from ui.viewmodels import citizen
from ui.viewmodels.page import ViewModel
from ui.viewmodels.spoken import prompt, speakable
from ui.words import Words

from .citizen_walk import Still, stills

FACES = stills()
_LONG_NUMBER = re.compile(r"\d{4,}|\d[\dXx*]{4,}")


def spoken(still: Still, language: str) -> tuple[str, ...]:
    words = Words(language)
    return prompt(citizen.present(still.scene, words, still.notes), words)


def personal(still: Still) -> set[str]:
    """Names, numbers, phones and places that the visit holds, in whole and masked as the screen shows them."""
    form = still.scene.state.form
    found = {form.name.trade, form.domicile.line, still.scene.state.slip_code or ""}
    for person in form.people:
        found |= {person.name, person.name[0] + "*", person.cert_no, person.phone}
    found |= {str(value) for value in still.notes.values() if isinstance(value, str) and value not in ("yes", "no")}
    return {one for one in found if len(one) >= 2 and (not one.isascii() or any(map(str.isdigit, one)))}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("face", FACES)
def test_every_face_is_spoken_without_anything_personal(face: str, language: str) -> None:
    still = FACES[face]
    said = spoken(still, language)
    assert said, "the question is spoken"
    for sentence in said:
        assert not _LONG_NUMBER.search(sentence), sentence
        assert "{" not in sentence and "}" not in sentence
        for one in personal(still):
            assert one not in sentence, sentence


def test_the_question_itself_is_what_is_spoken() -> None:
    unspoken = []
    for face, still in FACES.items():
        vm = citizen.present(still.scene, Words("zh"), still.notes)
        if not speakable(str(vm.data["question"]), "zh"):
            unspoken.append((face, vm.data["question"]))
    assert unspoken == []


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("请 王*试 签名", "请在下面签名"),
        ("有 3 处要改，改好就能签名提交。", "有 3 处要改，改好就能签名提交。"),
        ("有 13800001234 处要改，改好就能签名提交。", ""),
        ("王测试", ""),
        ("500103199001011234", ""),
        ("13800001234", ""),
        ("请把 王测试 的证件放好", ""),
    ],
)
def test_a_name_or_number_never_passes(shown: str, said: str) -> None:
    assert speakable(shown, "zh") == said


def test_a_name_in_any_place_of_any_screen_is_kept_from_the_voice() -> None:
    """Not only where names stand today: whatever a presenter might put into question, lead or banner."""
    secret = "欧阳测试"
    words = Words("zh")
    for still in FACES.values():
        vm = citizen.present(still.scene, words, still.notes)
        for where in ("question", "lead"):
            data: dict[str, Any] = {**vm.data, where: f"{secret}{vm.data[where]}"}
            assert secret not in "".join(prompt(replace(vm, data=data), words))
        rows = ({"what": f"{secret}。", "todo": f"请 {secret} 签名"},)
        told = prompt(ViewModel("x", lists={"banners": rows}), words)
        assert told == ("请在下面签名",)
