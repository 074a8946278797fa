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
from kiosk.contracts.printing import Printed, Sheet
from kiosk.domain.document import PaperSize
from kiosk.faults import Fault, FaultCode

from .ipp import Answer, Attribute, GroupTag, Operation, Values, ValueTag, request
from .link import IppLink, LostBehindDocumentError, place, wrong
from .reasons import cause, slug, stopped, supply
from .sheet import pdf_of

_PDF = "application/pdf"
_SUCCESS_BELOW = 0x0100
_NOT_FOUND, _FORMAT_REFUSED = 0x0406, 0x040A
_BUSY = frozenset({0x0503, 0x0505, 0x0507})  # device, temporary, busy
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9
_PRINTER_ASKED = ("printer-state", "printer-state-reasons", "printer-make-and-model", "document-format-supported")
_JOB_ASKED = ("job-state", "job-state-reasons")
_MOST_COPIES = 5
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
        """``address`` is ipp://HOST:PORT/ipp/print; options: ``copies`` 1 to 5."""
        for key in config.options:
            if key != "copies":
                raise wrong(key, "copies")
        copies = config.options.get("copies", "1")
        if copies not in {str(number) for number in range(1, _MOST_COPIES + 1)}:
            raise wrong("copies", f"1 to {_MOST_COPIES}")
        self._copies = int(copies)
        self._place = place(config.address)
        self._patience = patience
        self._link = IppLink(self._place, patience.answer)
        self._opened = False
        self._ids = count(1)

    def open(self) -> None:
        """Ask who is there. Faults: document-printer-absent, device-failed, device-configuration (takes no PDF)."""
        self._opened = True
        try:
            printer = self._printer()
        except DriverError:
            self._opened = False
            raise
        formats = _words(printer, "document-format-supported")
        if formats and _PDF not in formats:
            self._opened = False
            raise wrong("driver", "a printer that takes PDF")

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
        )

    def print_sheets(self, sheets: Sequence[Sheet]) -> Printed:
        """Make one PDF of all copies, print it, and wait until the printer says that it is done."""
        _refuse(self._printer())
        try:
            job = self._submit(pdf_of(sheets), _MEDIA.get(sheets[0].paper, _MEDIA[PaperSize.A4]))
        except LostBehindDocumentError:
            return Printed.UNKNOWN
        try:
            return self._follow(job)
        except DriverError:
            if self._take_back(job):
                return Printed.PRINTED
            raise

    def _submit(self, document: bytes, media: str) -> int:
        head = self._request(
            Operation.PRINT_JOB,
            Attribute("requesting-user-name", ValueTag.NAME, ("kiosk",)),
            Attribute("job-name", ValueTag.NAME, ("document",)),
            Attribute("document-format", ValueTag.MIME_TYPE, (_PDF,)),
            job=(
                Attribute("copies", ValueTag.INTEGER, (self._copies,)),
                Attribute("sides", ValueTag.KEYWORD, ("one-sided",)),
                Attribute("media", ValueTag.KEYWORD, (media,)),
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
        """Cancel the job as far as the printer still listens; whether it had been completed all the same."""
        self._link.begin()
        try:
            self._link.ask(self._job_request(Operation.CANCEL_JOB, job))
            answer = self._link.ask(self._job_request(Operation.GET_JOB_ATTRIBUTES, job, _JOB_ASKED))
        except DriverError:
            return False
        return _number(answer.attributes(GroupTag.JOB), "job-state") == _COMPLETED

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

    def _request(self, operation: Operation, *attributes: Attribute, job: tuple[Attribute, ...] = ()) -> bytes:
        return request(operation, next(self._ids), self._place.uri, attributes, job)

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
