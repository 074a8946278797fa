"""The session with a document printer: straight to the device, without a queue in between that could hide its state.

A sheet counts as printed when the printer says that the job is completed. A job that stops for want of paper is taken
back from the printer before it is called a fault: otherwise it would come out later, beside its own reprint.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from drivers.errors import DriverError
from drivers.translate import state_for
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState, Supply
from kiosk.contracts.printing import Printed, Reprinting, Sheet
from kiosk.domain.document import PaperSize
from kiosk.faults import Fault, FaultCode

from .ipp import Answer, Attribute, Collection, GroupTag, Operation, Values, ValueTag, request
from .link import IppLink, LostBehindDocumentError, wrong
from .reasons import cause, slug, stopped, supply
from .settings import Settings, read
from .sheet import pdf_of

_PDF = "application/pdf"
_SUCCESS_BELOW = 0x0100
_NOT_FOUND, _FORMAT_REFUSED = 0x0406, 0x040A
_BUSY = frozenset({0x0503, 0x0505, 0x0507})  # device, temporary, busy
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9
_PRINTER_ASKED = (
    "printer-state", "printer-state-reasons", "printer-make-and-model", "document-format-supported",
    "sides-supported", "media-source-supported",
)  # fmt: skip
_JOB_ASKED = ("job-state", "job-state-reasons", "job-impressions-completed", "job-media-sheets-completed")
_MEDIA = {PaperSize.A4: "iso_a4_210x297mm", PaperSize.A3_LANDSCAPE: "iso_a3_297x420mm"}  # A4 lying is A4


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the driver waits, in seconds."""

    answer: float = 5.0  # for one HTTP answer
    poll: float = 0.5  # between two looks at a job
    job: float = 60.0  # until a job is completed
    gone: float = 10.0  # without a word from the printer while it has the job


class IppDocumentPrinter:
    """kiosk.contracts.printing.DocumentPrinter for printers that take PDF over IPP."""

    def __init__(self, config: DeviceConfig, patience: Patience = Patience()) -> None:
        """Address and options as in ``settings``. Fault: device-configuration."""
        self._settings = read(config)
        self._patience = patience
        self._link = IppLink(self._settings.place, patience.answer)
        self._opened = False
        self._ids = count(1)
        self._on_paper = 0  # pages of the job that is followed
        self._broken: tuple[str, FaultCode] | None = None  # the job of which pages may lie there, and what broke it
        self._pages = self._spoiled = 0  # since the driver was made: on paper, and of jobs that were not whole

    def open(self) -> None:
        """Ask who is there. Faults: document-printer-absent, device-failed, device-configuration (takes no PDF,
        prints on one side only, has no such tray: what it says itself, never a guess)."""
        self._opened = True
        try:
            printer = self._printer()
        except DriverError:
            self._opened = False
            raise
        misfit = _misfit(printer, self._settings)
        if misfit is not None:
            self._opened = False
            raise misfit

    def close(self) -> None:
        """Nothing is held between two questions."""
        self._opened = False

    def cancel(self) -> None:
        """End a wait that is running; a job that is not completed is taken back."""
        self._link.interrupt()

    def check(self) -> DeviceReport:
        """State, paper and model. Faults: document-printer-absent, device-failed."""
        printer = self._printer()
        code = _trouble(printer)
        reasons = _words(printer, "printer-state-reasons")
        paper = supply(reasons)
        state = DeviceState.READY if code is None else state_for(code) or DeviceState.READY
        if code is None and paper is Supply.LOW:
            code = FaultCode.PAPER_LOW
        return DeviceReport(
            name=DeviceKind.DOCUMENT_PRINTER.value,
            kind=DeviceKind.DOCUMENT_PRINTER,
            state=state,
            supply=paper,
            fault=Fault(code) if code is not None else None,
            model=next(iter(_words(printer, "printer-make-and-model")), "")[:60],
            counts={"pages": self._pages, "spoiled_pages": self._spoiled},
        )

    def print_sheets(self, sheets: Sequence[Sheet], reprinting: Reprinting | None = None) -> Printed:
        """Make one PDF of all copies, print it, and wait until the printer says that it is done. The same job once
        more, after pages of it were or may be on paper: ``reprinting`` hears what spoilt them."""
        _refuse(self._printer())
        document, name = pdf_of(sheets), sheets[0].job
        broken, self._broken = self._broken, None
        if broken is not None and broken[0] == name and reprinting is not None:
            reprinting(broken[1])
        self._on_paper = 0
        try:
            printed = self._print(document, _MEDIA.get(sheets[0].paper, _MEDIA[PaperSize.A4]))
        except DriverError as error:
            if self._on_paper:
                self._broken = (name, error.code)
            raise
        if printed is Printed.UNKNOWN:
            self._broken = (name, FaultCode.PRINTER_SILENT)
        return printed

    def _print(self, document: bytes, media: str) -> Printed:
        """One job to its end; one that did not end well is taken back."""
        try:
            job = self._submit(document, media)
        except LostBehindDocumentError:
            return Printed.UNKNOWN
        try:
            printed = self._follow(job)
        except DriverError as error:
            if self._take_back(job):
                return Printed.PRINTED
            spoiled = {**error.details, "spoiled_pages": str(self._on_paper)}
            raise DriverError(error.code, spoiled, retryable=error.retryable) from error
        if printed is Printed.UNKNOWN and self._take_back(job):
            return Printed.PRINTED
        return printed

    def _submit(self, document: bytes, media: str) -> int:
        settings = self._settings
        tray = (Attribute("media-source", ValueTag.KEYWORD, (settings.tray,)),) if settings.tray else ()
        size = Attribute("media-size-name", ValueTag.KEYWORD, (media,))
        paper = Collection("media-col", (size, *tray)) if tray else Attribute("media", ValueTag.KEYWORD, (media,))
        head = self._request(
            Operation.PRINT_JOB,
            Attribute("requesting-user-name", ValueTag.NAME, ("kiosk",)),
            Attribute("job-name", ValueTag.NAME, ("document",)),
            Attribute("document-format", ValueTag.MIME_TYPE, (_PDF,)),
            job=(
                Attribute("copies", ValueTag.INTEGER, (settings.copies,)),
                Attribute("sides", ValueTag.KEYWORD, (settings.sides.value,)),
                paper,
            ),
        )
        answer = self._insist(self._link.ask(head, document))
        job = _number(answer.attributes(GroupTag.JOB), "job-id")
        if job is None:
            raise LostBehindDocumentError
        return job

    def _follow(self, job: int) -> Printed:
        """Look at the job, and at the printer while the job is not moving, until one of them says how it ends."""
        begun = seen = time.monotonic()
        while True:
            try:
                answer = self._link.ask(self._job_request(Operation.GET_JOB_ATTRIBUTES, job, _JOB_ASKED))
                seen = time.monotonic()
                if answer.status == _NOT_FOUND:
                    return Printed.UNKNOWN  # it keeps no history
                attributes = self._insist(answer).attributes(GroupTag.JOB)
                self._note_pages(attributes)
                state = _number(attributes, "job-state")
                if state == _COMPLETED:
                    return Printed.PRINTED
                printer = self._attributes()
                trouble = _trouble(printer) or cause(_words(attributes, "job-state-reasons"))
                if state in (_CANCELED, _ABORTED):
                    reason = slug(_words(attributes, "job-state-reasons"))
                    raise DriverError(trouble or FaultCode.DEVICE_FAILED, {"job": str(state), "reason": reason})
                if trouble is not None:
                    raise DriverError(trouble)
            except DriverError as error:
                if error.code is not FaultCode.DOCUMENT_PRINTER_ABSENT:
                    raise
            now = time.monotonic()
            if now - begun > self._patience.job or now - seen > self._patience.gone:
                return Printed.UNKNOWN
            self._link.pause(self._patience.poll)

    def _take_back(self, job: int) -> bool:
        """Cancel the job as far as the printer still listens, so that nothing of it comes out later before somebody
        else; whether it had been completed all the same. Pages of it that are on paper already are spoiled."""
        self._link.begin()
        try:
            self._link.ask(self._job_request(Operation.CANCEL_JOB, job))
            answer = self._link.ask(self._job_request(Operation.GET_JOB_ATTRIBUTES, job, _JOB_ASKED))
        except DriverError:
            self._spoiled += self._on_paper
            return False
        attributes = answer.attributes(GroupTag.JOB)
        self._note_pages(attributes)
        if _number(attributes, "job-state") == _COMPLETED:
            return True
        self._spoiled += self._on_paper
        return False

    def _note_pages(self, job: Mapping[str, Values]) -> None:
        """How many pages of this job are on paper, where the printer counts them."""
        done = _number(job, "job-impressions-completed") or _number(job, "job-media-sheets-completed") or 0
        self._pages += max(0, done - self._on_paper)
        self._on_paper = max(self._on_paper, done)

    def _printer(self) -> Mapping[str, Values]:
        if not self._opened:
            raise DriverError(FaultCode.DOCUMENT_PRINTER_ABSENT, {"closed": "here"})
        self._link.begin()
        return self._attributes()

    def _attributes(self) -> Mapping[str, Values]:
        asked = Attribute("requested-attributes", ValueTag.KEYWORD, _PRINTER_ASKED)
        answer = self._link.ask(self._request(Operation.GET_PRINTER_ATTRIBUTES, asked))
        return self._insist(answer).attributes(GroupTag.PRINTER)

    def _job_request(self, operation: Operation, job: int, asked: tuple[str, ...] = ()) -> bytes:
        attributes = [
            Attribute("job-id", ValueTag.INTEGER, (job,)),
            Attribute("requesting-user-name", ValueTag.NAME, ("kiosk",)),
        ]
        if asked:
            attributes.append(Attribute("requested-attributes", ValueTag.KEYWORD, asked))
        return self._request(operation, *attributes)

    def _request(
        self, operation: Operation, *attributes: Attribute, job: tuple[Attribute | Collection, ...] = ()
    ) -> bytes:
        return request(operation, next(self._ids), self._settings.place.uri, attributes, job)

    @staticmethod
    def _insist(answer: Answer) -> Answer:
        """The answer if it is a success. Faults: device-busy, device-configuration, device-failed."""
        if answer.status < _SUCCESS_BELOW:
            return answer
        if answer.status in _BUSY:
            raise DriverError(FaultCode.DEVICE_BUSY, {"ipp": f"{answer.status:04x}"}, retryable=True)
        if answer.status == _FORMAT_REFUSED:
            raise wrong("driver", "a printer that takes PDF")
        raise DriverError(FaultCode.DEVICE_FAILED, {"ipp": f"{answer.status:04x}"})


def _misfit(printer: Mapping[str, Values], settings: Settings) -> DriverError | None:
    """What is wanted of a printer that says itself that it cannot."""
    wanted = (
        ("document-format-supported", _PDF, wrong("driver", "a printer that takes PDF")),
        ("sides-supported", settings.sides.value, wrong("sides", "what the printer can")),
        ("media-source-supported", settings.tray, wrong("tray", "a tray that the printer has")),
    )
    for attribute, value, misfit in wanted:
        able = _words(printer, attribute)
        if value and able and value not in able:
            return misfit
    return None


def _trouble(printer: Mapping[str, Values]) -> FaultCode | None:
    """What keeps the printer from printing."""
    code = cause(_words(printer, "printer-state-reasons"))
    if code is None and stopped(_number(printer, "printer-state") or 0):
        return FaultCode.DEVICE_FAILED
    return code


def _refuse(printer: Mapping[str, Values]) -> None:
    code = _trouble(printer)
    if code is not None:
        raise DriverError(code, {"reason": slug(_words(printer, "printer-state-reasons"))})


def _words(attributes: Mapping[str, Values], name: str) -> tuple[str, ...]:
    return tuple(value for value in attributes.get(name, ()) if isinstance(value, str))


def _number(attributes: Mapping[str, Values], name: str) -> int | None:
    return next((value for value in attributes.get(name, ()) if isinstance(value, int)), None)
