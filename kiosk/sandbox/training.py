"""/sandbox/back-offices and /sandbox/scenarios: how departments work, and which exercise is on."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from . import office_book, scenarios, seed
from .office_book import Office, OfficeSet
from .offices import Offices
from .platform import Platform
from .weather import Forecast, Weather


class Training:
    """What a trainer changes; used by the JSON endpoints and by the inspector's forms. Runs on any thread."""

    def __init__(self, platform: Platform, offices: Offices, weather: Weather) -> None:
        self._platform = platform
        self._offices = offices
        self._weather = weather

    def offices(self) -> dict[str, Office]:
        """Every department now."""
        with self._platform.look() as tx:
            return office_book.offices(tx)

    def office(self, dept: str) -> Office:
        """One department now; LookupError when there is none."""
        with self._platform.look() as tx:
            return office_book.office(tx, dept)

    def change_office(self, dept: str, wanted: OfficeSet) -> Office:
        """From now on; ValueError says what cannot be."""
        with self._platform.transaction() as tx:
            after = office_book.change(tx, dept, wanted, self._platform.clock.office())
        self._offices.look_up()
        return after

    def put_office_back(self, dept: str) -> None:
        """As it was shipped."""
        shipped = office_book.as_shipped()[dept]
        names = ("delay", "outcome_rules", "working_hours", "stall", "decisions", "preparation", "device_issue")
        self.change_office(dept, OfficeSet(**{name: getattr(shipped, name) for name in names}))

    def scenarios(self) -> Mapping[str, Any]:
        """Every exercise, and which one is on."""
        items = [
            {"name": one.name, "title": one.title, "sees": one.sees, "tasks": one.tasks, "cases": len(one.cases)}
            for one in scenarios.known().values()
        ]
        return {"current": scenarios.current(self._platform), "items": items}

    def begin(self, name: str) -> None:
        """Start over in an exercise: everything that was is forgotten, the weather is fair. LookupError: unknown."""
        if name not in scenarios.known():
            raise LookupError(name)
        with self._offices.resting():
            scenarios.start_over(self._platform, name)
        self._platform.clock.skew(0)
        self._weather.change(Forecast())
        self._after()

    def start_over(self) -> None:
        """The same exercise from its beginning; the weather stays as it is."""
        with self._offices.resting():
            scenarios.start_over(self._platform, scenarios.current(self._platform))
        self._after()

    def _after(self) -> None:
        self._platform.hub.wake([seed.SITE_ID, seed.OTHER_SITE_ID])
        self._offices.look_up()


Answering = Callable[[Mapping[str, str], bytes], Any]


def json_routes(training: Training) -> list[tuple[str, str, Answering]]:
    """Method, path and what answers: parameters of the path and the body in, something for JSON out."""

    def put_office(path: Mapping[str, str], body: bytes) -> Any:
        return training.change_office(path["dept"], msgspec.json.decode(body or b"{}", type=OfficeSet))

    def put_scenario(path: Mapping[str, str], _body: bytes) -> Any:
        training.begin(path["name"])
        return training.scenarios()

    return [
        ("GET", "/back-offices", lambda _path, _body: training.offices()),
        ("GET", "/back-offices/{dept}", lambda path, _body: training.office(path["dept"])),
        ("PUT", "/back-offices/{dept}", put_office),
        ("GET", "/scenarios", lambda _path, _body: training.scenarios()),
        ("PUT", "/scenarios/{name}", put_scenario),
    ]
