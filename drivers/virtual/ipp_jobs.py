"""The works of a document printer: jobs one after the other, page by page, stopping for paper and jams."""

import asyncio
import enum
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .pdf_pages import BrokenDocumentError, render


class JobState(enum.IntEnum):
    """States of a job as IPP numbers them."""

    PENDING = 3
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


_REASONS = {
    JobState.PENDING: "none",
    JobState.PROCESSING: "job-printing",
    JobState.STOPPED: "printer-stopped",
    JobState.CANCELED: "job-canceled-by-user",
    JobState.ABORTED: "aborted-by-system",
    JobState.COMPLETED: "job-completed-successfully",
}


@dataclass(slots=True)
class Job:
    """A document on its way to paper."""

    number: int
    document: Path
    copies: int
    name: str = "untitled"
    user: str = "anonymous"
    sides: str = "one-sided"
    tray: str = ""
    state: JobState = JobState.PENDING
    times: dict[str, float] = field(default_factory=dict)  # created, begun, over: seconds of the monotonic clock
    pages: list[Path] = field(default_factory=list)  # pictures of what came out
    impressions: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state >= JobState.CANCELED

    @property
    def reason(self) -> str:
        """Why the job is in its state."""
        return _REASONS[self.state]


class PrintWorks:
    """Prints jobs in order. ``reasons`` are the printer's state reasons now; anything in it stops the paper path."""

    def __init__(self, note: Callable[..., None]) -> None:
        self.jobs: dict[int, Job] = {}
        self.reasons: set[str] = set()
        self.notices: set[str] = set()  # reported, and nothing more
        self.seconds = 0.0  # how long a page takes
        self.paper_left: int | None = None
        self._note = note
        self._changed = asyncio.Event()
        self._queue: asyncio.Queue[Job] = asyncio.Queue()
        self._running: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a job is waiting or printing."""
        return any(not job.over for job in self.jobs.values())

    def begin(self) -> None:
        """Switch on."""
        self._running = self._running or asyncio.get_running_loop().create_task(self._work())

    async def end(self) -> None:
        """Switch off: what was not printed never will be."""
        task, self._running = self._running, None
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        while not self._queue.empty():
            self._queue.get_nowait()
        self.abort()

    def add(self, job: Job) -> None:
        """Take a job."""
        job.times["created"] = time.monotonic()
        self.jobs[job.number] = job
        self._queue.put_nowait(job)

    def cancel(self, job: Job) -> bool:
        """Give a job up; False when it was over already."""
        if job.over:
            return False
        self._over(job, JobState.CANCELED)
        self._changed.set()
        return True

    def abort(self) -> None:
        """The printer gives up everything it has."""
        for job in self.jobs.values():
            if not job.over:
                self._over(job, JobState.ABORTED)
        self._changed.set()

    def trouble(self, *reasons: str) -> None:
        """Something stops the paper path."""
        self.reasons |= set(reasons)

    def clear(self, *reasons: str) -> None:
        """Something stops it no longer."""
        self.reasons -= set(reasons)
        self._changed.set()

    async def _work(self) -> None:
        while True:
            job = await self._queue.get()
            if not job.over:
                await self._print(job)
                self._note("job over", state=job.state.name.lower(), pages=job.impressions)

    async def _print(self, job: Job) -> None:
        job.state = JobState.PROCESSING
        job.times["begun"] = time.monotonic()
        try:
            count, pictures = await asyncio.get_running_loop().run_in_executor(None, render, job.document)
        except BrokenDocumentError:
            if not job.over:
                self._over(job, JobState.ABORTED)
            return
        for page in range(count * job.copies):
            await self._path_clear(job)
            await self._rest(job)
            if job.over:
                return
            job.impressions += 1
            if page < count:
                job.pages += pictures[page : page + 1]
            if self.paper_left is not None:
                self.paper_left -= 1
                if self.paper_left <= 0:
                    self.paper_left = None
                    self.trouble("media-empty-error", "media-needed-error")
        self._over(job, JobState.COMPLETED)

    def _over(self, job: Job, state: JobState) -> None:
        job.state = state
        job.times["over"] = time.monotonic()

    async def _path_clear(self, job: Job) -> None:
        while self.reasons and not job.over:
            job.state = JobState.STOPPED
            self._changed.clear()
            await self._changed.wait()
        if not job.over:
            job.state = JobState.PROCESSING

    async def _rest(self, job: Job) -> None:
        """The time a page takes, unless the job is given up meanwhile."""
        until = asyncio.get_running_loop().time() + self.seconds
        while not job.over and (left := until - asyncio.get_running_loop().time()) > 0:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                return
