"""The voice of the terminal: Debian's espeak-ng as a program of its own, offline. What it is called with, and whether
it can be heard here. What may be said at all is decided in ui/viewmodels/spoken.py."""

import shutil
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "espeak-ng"
SOUND = Path("/dev/snd")
# "cmn" of espeak-ng 1.51 spells Chinese characters out as English letters and digits (espeak-ng issue 1236);
# the variant that reads Latin as pinyin speaks them.
_VOICES = {"zh": "cmn-latn-pinyin", "en": "en-us"}
_WORDS_A_MINUTE = {False: 150, True: 105}
VOLUMES = (60, 110, 180)  # of espeak-ng's 0–200
_LEAST_SECONDS, _SECONDS_A_LETTER = 8.0, {"zh": 0.8, "en": 0.25}


@dataclass(frozen=True, slots=True)
class Speaker:
    """One way to be heard: the sound card, or (``into``) a WAV file that each sentence replaces."""

    program: str
    into: Path | None = None

    def command(self, language: str, *, slow: bool, volume: int) -> list[str]:
        """The program and its arguments. The words themselves go through the standard input: arguments of a program
        can be read by everybody on the machine."""
        sink = ["-w", str(self.into)] if self.into else []
        voice = ["-v", _VOICES[language], "-s", str(_WORDS_A_MINUTE[slow]), "-a", str(VOLUMES[volume])]
        return [self.program, *voice, *sink, "--stdin"]


def deadline(text: str, language: str) -> float:
    """Seconds after which the program hangs rather than speaks."""
    return _LEAST_SECONDS + len(text) * _SECONDS_A_LETTER[language]


def speaker(sound: Path = SOUND) -> Speaker | str:
    """This machine's voice, or one line for the doctor that says why it has none."""
    program = shutil.which(PROGRAM)
    if program is None:
        return f"{PROGRAM} is not there: install it"
    if not any(sound.glob("pcmC*D*p")):
        return "no sound output on this machine: plug in a loudspeaker or headset"
    return Speaker(program)
