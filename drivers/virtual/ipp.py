"""Virtual document printer: IPP over HTTP (RFC 8010); documents and pages become files in the bench's folder."""

import asyncio
import time
from collections.abc import Callable, Sequence

from .device import BenchError, DeviceSpec, Place, VirtualDevice, verb
from .http_wire import HttpLine
from .ipp_jobs import Job, JobState, PrintWorks
from .ipp_wire import Attribute, IppError, Message, Operation, Status, Tag, attribute, read_message, write_message
from .wire import Door, Line, tcp_address

PATH = "/ipp/print"
FORMAT = "application/pdf"
_EMPTY = ("media-empty-error", "media-needed-error")
_TROUBLES = (
    "cover-open-error", "door-open-error", "interlock-open-error", "input-tray-missing-error", "toner-empty-error",
    "marker-waste-full-error", "fuser-over-temp-error", "other-error",
)  # fmt: skip
_JAM = "media-jam-error"
Answer = tuple[Status, Sequence[tuple[int, Sequence[Attribute]]]]


class DocumentPrinter(VirtualDevice):
    """A printer for A4 paper that takes PDF. Address: ``tcp:HOST:PORT``; drivers reach it as ``ipp://…/ipp/print``."""

    def __init__(self, spec: DeviceSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._door = Door(*tcp_address(spec.address, spec.name), self._serve)
        self._works: PrintWorks
        self._since = time.monotonic()
        self._speaking = asyncio.Event()
        self._speaking.set()
        self._operations: dict[int, Callable[[Message], Answer]] = {
            Operation.GET_PRINTER_ATTRIBUTES: self._printer,
            Operation.VALIDATE_JOB: self._validate,
            Operation.PRINT_JOB: self._print,
            Operation.GET_JOBS: self._list,
            Operation.GET_JOB_ATTRIBUTES: self._one,
            Operation.CANCEL_JOB: self._cancel,
        }

    async def start(self) -> str:
        """Switch on."""
        self._works = PrintWorks(self.note)
        self._works.begin()
        await self._door.open()
        return self._uri()

    async def stop(self) -> None:
        """Switch off."""
        await self._door.shut()
        if hasattr(self, "_works"):
            await self._works.end()

    def state(self) -> str:
        """Power, troubles, jobs."""
        if not self._door.is_open:
            return "off"
        return f"on, {', '.join(sorted(self._works.reasons)) or 'no trouble'}, {len(self._works.jobs)} jobs"

    # -- hands ------------------------------------------------------------------------------------------------------

    @verb
    def paper_out(self, after: int = 0) -> None:
        """Let the paper end, now or after so many further pages."""
        if after:
            self._works.paper_left = after
        else:
            self._works.trouble(*_EMPTY)

    @verb
    def paper_in(self) -> None:
        """Put paper in; a job that waited goes on."""
        self._works.paper_left = None
        self._works.clear(*_EMPTY)

    @verb
    def jam(self, abort: bool = False) -> None:
        """Jam the paper; with ``abort`` the printer also gives up the jobs it has."""
        self._works.trouble(_JAM)
        if abort:
            self._works.abort()

    @verb
    def clear_jam(self) -> None:
        """Pull the jammed paper out."""
        self._works.clear(_JAM)

    @verb
    def trouble(self, reason: str) -> None:
        """Let the printer report one of the standard's troubles; nothing is printed until it is mended."""
        self._works.trouble(_known(reason, _TROUBLES))

    @verb
    def mend(self, reason: str) -> None:
        """That trouble is over."""
        self._works.clear(_known(reason, _TROUBLES))

    @verb
    def paper_low(self, low: bool = True) -> None:
        """Let the printer report little paper; it prints all the same."""
        self._works.notices = {"media-low-warning"} if low else set()

    @verb
    def silence(self) -> None:
        """Take questions and answer none."""
        self._speaking.clear()

    @verb
    def speak(self) -> None:
        """Answer again."""
        self._speaking.set()

    @verb
    def slow(self, seconds: float) -> None:
        """Let every further page take that long."""
        self._works.seconds = float(seconds)

    @verb
    async def power_off(self) -> None:
        """Cut the power; jobs that were not over are lost."""
        await self._door.shut()
        await self._works.end()

    @verb
    async def power_on(self) -> None:
        """Switch on again."""
        self._works.begin()
        await self._door.open()

    @verb
    def last_job(self) -> dict[str, str | int | list[str] | None]:
        """The last document, pictures of its pages that came out, the job's state, how many jobs there have been."""
        jobs = self._works.jobs
        if not jobs:
            return {"pdf": None, "pages": [], "state": None, "count": 0}
        job = jobs[max(jobs)]
        pages = [str(page) for page in job.pages]
        return {"pdf": str(job.document), "pages": pages, "state": job.state.name.lower(), "count": len(jobs),
                "sides": job.sides, "tray": job.tray}  # fmt: skip

    # -- the wire ---------------------------------------------------------------------------------------------------

    async def _serve(self, line: Line) -> None:
        http = HttpLine(line)
        while request := await http.request():
            await self._speaking.wait()
            if request.path != PATH:
                await http.answer("404 Not Found")
            elif request.method != "POST" or not request.headers.get("content-type", "").startswith(
                "application/ipp"
            ):
                await http.answer("400 Bad Request")
            else:
                await http.answer("200 OK", "application/ipp", self._obey(request.body))

    def _obey(self, body: bytes) -> bytes:
        try:
            asked = read_message(body)
        except IppError:
            return self._written((2, 0), 1, (Status.BAD_REQUEST, []))
        number, version = asked.number, asked.version if asked.version[0] in (1, 2) else (2, 0)
        if asked.version[0] not in (1, 2):
            return self._written(version, number, (Status.VERSION_NOT_SUPPORTED, []))
        if number == 0 or not _proper(asked):
            return self._written(version, number, (Status.BAD_REQUEST, []))
        operation = self._operations.get(asked.code)
        self.note("asked", operation=asked.code)
        return self._written(version, number, operation(asked) if operation else (Status.OPERATION_NOT_SUPPORTED, []))

    def _written(self, version: tuple[int, int], number: int, answer: Answer) -> bytes:
        status, groups = answer
        head = [
            attribute(Tag.CHARSET, "attributes-charset", "utf-8"),
            attribute(Tag.LANGUAGE, "attributes-natural-language", "en"),
        ]
        return write_message(Message(version, status, number, [(Tag.OPERATION, head), *groups]))

    def _uri(self) -> str:
        return f"ipp://{self._door.host}:{self._door.port}{PATH}"

    def _printer(self, asked: Message) -> Answer:
        works = self._works
        state = 5 if works.reasons else 4 if works.busy else 3
        described = [
            attribute(Tag.URI, "printer-uri-supported", self._uri()),
            attribute(Tag.KEYWORD, "uri-security-supported", "none"),
            attribute(Tag.KEYWORD, "uri-authentication-supported", "none"),
            attribute(Tag.NAME, "printer-name", "virtual-a4"),
            attribute(Tag.TEXT, "printer-info", "Virtual A4 printer"),
            attribute(Tag.TEXT, "printer-location", "bench"),
            attribute(Tag.URI, "printer-more-info", f"http://{self._door.host}:{self._door.port}/"),
            attribute(Tag.TEXT, "printer-make-and-model", "Example VA-4"),
            attribute(Tag.ENUM, "printer-state", state),
            attribute(Tag.KEYWORD, "printer-state-reasons", *(sorted(works.reasons | works.notices) or ["none"])),
            attribute(Tag.BOOLEAN, "printer-is-accepting-jobs", True),
            attribute(Tag.INTEGER, "queued-job-count", sum(not job.over for job in works.jobs.values())),
            attribute(Tag.INTEGER, "printer-up-time", self._up_time(time.monotonic())),
            attribute(Tag.KEYWORD, "ipp-versions-supported", "1.1", "2.0"),
            attribute(Tag.ENUM, "operations-supported", *(int(each) for each in Operation)),
            attribute(Tag.CHARSET, "charset-configured", "utf-8"),
            attribute(Tag.CHARSET, "charset-supported", "utf-8"),
            attribute(Tag.LANGUAGE, "natural-language-configured", "en"),
            attribute(Tag.LANGUAGE, "generated-natural-language-supported", "en"),
            attribute(Tag.MIME, "document-format-default", FORMAT),
            attribute(Tag.MIME, "document-format-supported", FORMAT),
            attribute(Tag.KEYWORD, "compression-supported", "none"),
            attribute(Tag.KEYWORD, "pdl-override-supported", "not-attempted"),
            attribute(Tag.KEYWORD, "sides-supported", "one-sided", "two-sided-long-edge"),
            attribute(Tag.KEYWORD, "media-source-supported", "tray-1", "manual"),
            attribute(Tag.KEYWORD, "media-default", "iso_a4_210x297mm"),
            attribute(Tag.KEYWORD, "media-supported", "iso_a4_210x297mm"),
            attribute(Tag.KEYWORD, "media-ready", *([] if set(_EMPTY) & works.reasons else ["iso_a4_210x297mm"])),
        ]
        return Status.OK, [(Tag.PRINTER, _wanted(asked, described))]

    def _validate(self, asked: Message) -> Answer:
        kind = asked.text("document-format")
        if kind not in ("", FORMAT, "application/octet-stream") or asked.text("compression") not in ("", "none"):
            return Status.FORMAT_NOT_SUPPORTED, []
        return Status.OK, []

    def _print(self, asked: Message) -> Answer:
        fit = self._validate(asked)
        if fit[0] is not Status.OK:
            return fit
        if not asked.document.startswith(b"%PDF-"):
            return Status.FORMAT_NOT_SUPPORTED, []
        copies = asked.find(Tag.JOB, "copies")
        wanted = copies.values[0] if copies and isinstance(copies.values[0], int) else 1
        number = len(self._works.jobs) + 1
        path = self.place.folder / f"{self.place.file_stem(self.name)}-{number:04d}.pdf"
        path.write_bytes(asked.document)
        job = Job(number, path, min(max(wanted, 1), 99))
        job.name = asked.text("job-name") or job.name
        job.user = asked.text("requesting-user-name") or job.user
        sides, media = asked.find(Tag.JOB, "sides"), asked.find(Tag.JOB, "media-col")
        job.sides = str(sides.values[0]) if sides else job.sides
        said = [_plain(each) for each in media.values] if media else []  # names and values in turn
        job.tray = said[said.index("media-source") + 1] if "media-source" in said else ""
        self._works.add(job)
        return Status.OK, [(Tag.JOB, self._described(job))]

    def _list(self, asked: Message) -> Answer:
        over = asked.text("which-jobs") == "completed"
        jobs = [job for job in self._works.jobs.values() if job.over == over]
        usual = {"job-id", "job-uri"}
        return Status.OK, [(Tag.JOB, _wanted(asked, self._described(job), usual)) for job in jobs]

    def _one(self, asked: Message) -> Answer:
        job = self._job(asked)
        if not job:
            return Status.NOT_FOUND, []
        return Status.OK, [(Tag.JOB, _wanted(asked, self._described(job)))]

    def _cancel(self, asked: Message) -> Answer:
        job = self._job(asked)
        if not job:
            return Status.NOT_FOUND, []
        return (Status.OK if self._works.cancel(job) else Status.NOT_POSSIBLE), []

    def _job(self, asked: Message) -> Job | None:
        """The job that a request names, by its number or by its URI."""
        named = asked.find(Tag.OPERATION, "job-id")
        number = named.values[0] if named else asked.text("job-uri").rpartition("/")[2]
        text = str(number)
        return self._works.jobs.get(int(text)) if text.isdecimal() else None

    def _up_time(self, moment: float) -> int:
        return int(moment - self._since) + 1

    def _moment(self, job: Job, name: str, which: str) -> Attribute:
        if which not in job.times:
            return attribute(Tag.NO_VALUE, name, b"")
        return attribute(Tag.INTEGER, name, self._up_time(job.times[which]))

    def _described(self, job: Job) -> list[Attribute]:
        reasons = [job.reason, *(sorted(self._works.reasons) if job.state is JobState.STOPPED else [])]
        return [
            attribute(Tag.INTEGER, "job-id", job.number),
            attribute(Tag.URI, "job-uri", f"{self._uri()}/{job.number}"),
            attribute(Tag.URI, "job-printer-uri", self._uri()),
            attribute(Tag.NAME, "job-name", job.name),
            attribute(Tag.NAME, "job-originating-user-name", job.user),
            attribute(Tag.INTEGER, "job-printer-up-time", self._up_time(time.monotonic())),
            self._moment(job, "time-at-creation", "created"),
            self._moment(job, "time-at-processing", "begun"),
            self._moment(job, "time-at-completed", "over"),
            attribute(Tag.ENUM, "job-state", int(job.state)),
            attribute(Tag.KEYWORD, "job-state-reasons", *reasons[:1]),
            attribute(Tag.KEYWORD, "job-printer-state-reasons", *(reasons[1:] or ["none"])),
            attribute(Tag.INTEGER, "job-impressions-completed", job.impressions),
        ]


def _known(reason: str, reasons: tuple[str, ...]) -> str:
    if reason not in reasons:
        raise BenchError(f"reason must be one of: {', '.join(reasons)}")
    return reason


def _plain(value: object) -> str:
    """A value as text, whatever kind it was sent as."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _proper(asked: Message) -> bool:
    """Whether a request begins as every request must: charset, language, and then what it is about."""
    if not asked.groups or asked.groups[0][0] != Tag.OPERATION:
        return False
    names = [each.name for each in asked.groups[0][1]]
    return names[:2] == ["attributes-charset", "attributes-natural-language"] and bool(
        {"printer-uri", "job-uri"} & {*names}
    )


def _wanted(asked: Message, described: list[Attribute], usual: set[str] | None = None) -> list[Attribute]:
    """What the request wants to know; groups of attributes by name mean all of them here."""
    found = asked.find(Tag.OPERATION, "requested-attributes")
    names = {str(value) for value in found.values} if found else usual or {"all"}
    if names & {"all", "printer-description", "job-description", "job-template"}:
        return described
    return [each for each in described if each.name in names]
