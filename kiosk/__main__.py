"""The command line: run a terminal, play the demo, serve the reference platform, look after a machine.

Exit codes: 0 done · 1 the job failed · 2 wrong call or configuration · 3 already running · 4 the store cannot be
opened · 5 something this machine lacks.
"""

import argparse
import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.config import ConfigError, SiteConfig, load
from kiosk.contracts.device import DeviceKind
from kiosk.faults import Fault, FaultCode, bug_report, words

log = logging.getLogger(__name__)

OK, FAILED, USAGE, RUNNING, STORE, LACKING = range(6)


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of the console command ``kiosk``."""
    parser = _parser()
    args = parser.parse_args(argv)
    if not getattr(args, "command", None):
        parser.print_help(sys.stderr)
        return USAGE
    _log()
    command: Callable[[argparse.Namespace], int] = args.command
    try:
        return command(args)
    except KeyboardInterrupt:
        return FAILED
    except _ComplaintError as complaint:
        sys.stderr.write(f"kiosk: {complaint}\n")
        return complaint.code


def _log() -> None:
    """To the service manager's journal. Only our own words: a library's small talk may spell out a document."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    for ours in ("kiosk", "drivers", "offline_cache", "ui"):
        logging.getLogger(ours).setLevel(logging.INFO)
    sys.excepthook = lambda kind, error, trace: _bug(error)  # noqa: ARG005
    threading.excepthook = lambda told: _bug(told.exc_value)


def _bug(error: BaseException | None) -> None:
    """What nobody has caught, without its text: that may quote what a person has entered."""
    if error is not None:
        log.critical("bug: %s", bug_report(error))


class _ComplaintError(Exception):
    """One line for the person at the keyboard, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def _demo_arguments(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--headless", action="store_true", help="play it without a screen and leave pictures")
    demo.add_argument("--out", type=Path, default=Path("demo-out"), metavar="FOLDER", help="default: demo-out")
    demo.add_argument("--landscape", action="store_true", help="kiosk in landscape")
    demo.add_argument("--cut-network", action="store_true", help="cut the network in the middle of the visit")
    exercise = "begin with an exercise, like morning; needs a screen"
    demo.add_argument("--exercise", default="", metavar="NAME", help=exercise)
    demo.set_defaults(command=_demo)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="企业开办: the terminal for opening a business.")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    run = commands.add_parser("run", help="run the terminal that a configuration file describes")
    run.add_argument("--config", type=Path, required=True, metavar="FILE", help="TOML, see docs/configuration.md")
    run.add_argument("--pilot-fd", type=int, help=argparse.SUPPRESS)
    run.set_defaults(command=_run)

    enrol = commands.add_parser("enrol", help="make this machine a terminal, with a key of its own")
    enrol.add_argument(
        "--config", type=Path, required=True, metavar="FILE", help="[platform] identity names a folder"
    )
    enrol.add_argument("--code", required=True, help="drawn by a technician, like 7KQ2-M9FD; the same again goes on")
    enrol.add_argument("--serial", default="", help="number on the machine; default: the machine's name")
    enrol.set_defaults(command=_enrol)

    _demo_arguments(commands.add_parser("demo", help="one whole visit on this machine, with virtual devices"))

    _platform_commands(commands)

    doctor = commands.add_parser("doctor", help="look at devices, network, disk, clock and software")
    doctor.add_argument("--config", type=Path, required=True, metavar="FILE")
    doctor.add_argument(
        "--conformance", metavar="KIND", choices=[kind.value for kind in DeviceKind],
        help="put one device through the conformance suite and write a report for its maker",
    )  # fmt: skip
    doctor.add_argument("--hands", action="store_true", help="somebody is there to pull and plug when asked")
    doctor.add_argument("--report", type=Path, default=Path(), metavar="FOLDER", help="for the report; default: here")
    doctor.set_defaults(command=_doctor)

    prove = commands.add_parser("prove", help="prove on this very disk that a power cut loses nothing (needs strace)")
    prove.add_argument("--config", type=Path, required=True, metavar="FILE")
    prove.add_argument("--cuts", type=int, metavar="N", help="power cuts, at least 50; default 2000")
    prove.set_defaults(command=_prove)

    journeys = commands.add_parser("journeys", help="draw the journeys as Mermaid charts")
    journeys.add_argument("name", nargs="?", help="one journey only")
    journeys.set_defaults(command=_journeys)

    docs = commands.add_parser("docs", help="write the generated pages of docs/")
    docs.add_argument("--check", action="store_true", help="only say whether they are fresh")
    docs.set_defaults(command=_docs)

    papers = commands.add_parser("documents", help="every document once into a folder, PDF or roll")
    papers.add_argument("folder", type=Path)
    papers.set_defaults(command=_documents)

    audit = commands.add_parser("audit", help="the audit trail of a terminal")
    trail = audit.add_subparsers(title="what to do", metavar="verify|export", required=True)
    for name, text in (
        ("verify", "check the chain, with --head against a printed head"),
        ("export", "print the trail"),
    ):
        one = trail.add_parser(name, help=text)
        one.add_argument("--config", type=Path, required=True, metavar="FILE")
        one.add_argument("--head", help="head from a receipt, a sheet or the platform")
        one.set_defaults(command=_audit, what=name)

    owed = commands.add_parser("owed", help="what a terminal still owes the platform; 0 when nothing")
    owed.add_argument("--config", type=Path, required=True, metavar="FILE")
    owed.set_defaults(command=_owed)

    salvage = commands.add_parser("salvage", help="carry what is readable of a damaged store into a new one")
    salvage.add_argument("--config", type=Path, required=True, metavar="FILE")
    salvage.set_defaults(command=_salvage)
    return parser


def _platform_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sandbox = commands.add_parser("sandbox", help="serve the reference platform alone (demo, training, tests)")
    sandbox.add_argument("--port", type=int, default=8700, help="0 picks a free one; default 8700")
    store = sandbox.add_mutually_exclusive_group()
    store.add_argument("--data", type=Path, default=Path("var/sandbox.db"), metavar="FILE", help="its SQLite file")
    store.add_argument("--database", metavar="URL", help="postgresql://… instead of a file, see docs/city.md")
    sandbox.add_argument("--restored", action="store_true", help="the database came back from a backup")
    sandbox.add_argument("--ready", type=Path, metavar="FILE", help="written when it listens: address, keys")
    sandbox.add_argument("--clock", default="real", metavar="MODE", help="real, manual or scaled:FACTOR")
    front = sandbox.add_mutually_exclusive_group()
    front.add_argument("--tls", action="store_true", help="https; terminals show their own certificates")
    front.add_argument("--behind-proxy", action="store_true", help="a proxy checks certificates, see docs/city.md")
    sandbox.add_argument(
        "--scenario",
        default="",
        metavar="NAME",
        help="an exercise (docs/training.md); starts the database over into it",
    )
    sandbox.set_defaults(command=_sandbox)
    parts = sandbox.add_subparsers(title="more", metavar="conformance", required=False)
    kit = parts.add_parser("conformance", help="try out whether a platform keeps the contract")
    kit.add_argument("--url", required=True, help="where the platform is, without /v1")
    kit.add_argument("--kiosk", default="kiosk-01 demo-kiosk-01", metavar="IDENTITY", help="a self-service terminal")
    kit.add_argument("--window", default="window-03 demo-window-03", metavar="IDENTITY")
    kit.add_argument("--other-window", default="window-04 demo-window-04", metavar="IDENTITY")
    kit.add_argument("--window-ids", default="w-03,w-04", metavar="A,B")
    kit.add_argument("--site", default="cq-demo-01", metavar="HALL")
    kit.add_argument("--staff", default="0317", metavar="REF", help="a clerk; without --staff-key the demo card's")
    kit.add_argument("--staff-key", type=Path, metavar="PEM", help="Ed25519 key of that clerk's card")
    kit.add_argument("--permit-key", default="", metavar="HEX", help="public key of the permits")
    kit.set_defaults(command=_conformance)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _config(path: Path) -> SiteConfig:
    try:
        return load(path)
    except ConfigError as error:
        raise _ComplaintError(f"{error} [{FaultCode.CONFIGURATION_INVALID.value}]", USAGE) from None


_EXITS = {
    FaultCode.ALREADY_RUNNING: RUNNING, FaultCode.NOT_ENROLLED: LACKING,
    FaultCode.PROOF_IMPOSSIBLE: LACKING, FaultCode.ENROLMENT_REFUSED: FAILED,
    FaultCode.PLATFORM_OFFLINE: FAILED, FaultCode.NOT_THE_PLATFORM: FAILED, FaultCode.BROKEN_ANSWER: FAILED,
    FaultCode.PLATFORM_BUSY: FAILED, FaultCode.CANCELLED: FAILED, FaultCode.CERTIFICATE_REFUSED: FAILED,
}  # fmt: skip


def _store_fault(fault: Fault) -> _ComplaintError:
    said = words(fault.code)
    detail = "".join(f" ({value})" for value in fault.details.values())
    code = _EXITS.get(fault.code, STORE)
    return _ComplaintError(f"{said.what}{detail}。{said.staff} [{fault.code.value}]", code)


def _run(args: argparse.Namespace) -> int:
    config = _config(args.config)
    if args.pilot_fd is not None and not config.terminal.training:
        raise _ComplaintError("a pilot is only let in where the configuration says training = true", USAGE)
    from kiosk import assembly

    _leave_no_memory()
    faulthandler.enable()  # a window that hangs and is ended for it says in which lines it was, without any value
    fault = assembly.run(config, args.pilot_fd)
    if isinstance(fault, Fault):
        raise _store_fault(fault)
    return fault


def _leave_no_memory() -> None:
    """A crash writes no picture of the memory: the person at the terminal is in it."""
    if sys.platform != "win32":
        import resource

        # One byte, not none: a collector of such pictures behind a pipe is only held off by this very figure.
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))


def _enrol(args: argparse.Namespace) -> int:
    config = _config(args.config)
    if not config.platform.identity:
        raise _ComplaintError(f"{args.config}: [platform] identity is missing; enrolment fills that folder", USAGE)
    from kiosk import assembly

    fault = assembly.enrol_terminal(config, args.code.strip().upper(), args.serial, _say)
    if fault is not None:
        raise _store_fault(fault)
    return OK


def _demo(args: argparse.Namespace) -> int:
    from kiosk.demo.play import Choices, play
    from kiosk.demo.processes import DemoError

    screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and not args.headless
    try:
        choices = Choices(args.out, screen, args.landscape, args.cut_network, args.exercise)
        return OK if play(choices) else FAILED
    except DemoError as error:
        raise _ComplaintError(str(error), FAILED) from None


def _sandbox(args: argparse.Namespace) -> int:
    mode, _, factor = args.clock.partition(":")
    if mode not in ("real", "manual", "scaled") or (factor and not factor.replace(".", "", 1).isdigit()):
        raise _ComplaintError("--clock must be real, manual or scaled:FACTOR", USAGE)
    from kiosk.sandbox.server import StoreError, serve
    from kiosk.sandbox.settings import SandboxSettings

    if args.database is None:
        args.data.parent.mkdir(parents=True, exist_ok=True)
    settings = SandboxSettings(
        database=args.database or str(args.data),
        port=args.port,
        ready_file=args.ready,
        clock=mode,
        tls=args.tls,
        trust_proxy_header=args.behind_proxy,
        scenario=args.scenario,
        restored=args.restored,
    )
    try:
        serve(replace(settings, factor=float(factor)) if factor else settings)
    except StoreError as error:
        raise _ComplaintError(str(error), STORE) from None
    except ValueError as error:
        raise _ComplaintError(str(error), USAGE) from None
    return OK


def _conformance(args: argparse.Namespace) -> int:
    first, _, second = args.window_ids.partition(",")
    if not second:
        raise _ComplaintError("--window-ids must be two ids with a comma between", USAGE)
    from kiosk.sandbox.conformance.kit import Tried, examine

    tried = Tried(
        url=args.url, kiosk=args.kiosk, window=args.window, other_window=args.other_window,
        window_ids=(first, second), site_id=args.site, staff_ref=args.staff, staff_key=args.staff_key,
        permit_key=args.permit_key,
    )  # fmt: skip
    try:
        return OK if examine(tried, _say) else FAILED
    except (ValueError, OSError) as error:
        raise _ComplaintError(str(error), USAGE) from None


def _doctor(args: argparse.Namespace) -> int:
    config = _config(args.config)
    from kiosk.assembly import doctor

    if args.conformance:
        ask = _ask if args.hands else None
        return OK if doctor.certify(config, DeviceKind(args.conformance), args.report, ask, _say) else FAILED
    return OK if doctor.examine(config, _say) else FAILED


def _ask(what: str) -> None:
    """Let the person at the keyboard do something."""
    input(f">>> {what}, then press Enter ")


def _prove(args: argparse.Namespace) -> int:
    config = _config(args.config)
    from kiosk import assembly

    if args.cuts is not None and args.cuts < assembly.FEWEST_CUTS:
        raise _ComplaintError(f"--cuts must be at least {assembly.FEWEST_CUTS}", USAGE)
    proved = assembly.prove(config, args.cuts, _say)
    if isinstance(proved, Fault):
        raise _store_fault(proved)
    return OK if proved else FAILED


def _journeys(args: argparse.Namespace) -> int:
    from kiosk.docs import charts

    drawn = charts()
    if args.name and args.name not in drawn:
        raise _ComplaintError(f"no journey {args.name}; there are: {', '.join(drawn)}", USAGE)
    for name, chart in drawn.items():
        if args.name in (None, name):
            sys.stdout.write(f"%% {name}\n{chart}\n")
    return OK


def _docs(args: argparse.Namespace) -> int:
    from kiosk.docs import stale, write

    if not args.check:
        write(Path("docs"))
        return OK
    if old := stale(Path("docs")):
        raise _ComplaintError(f"stale, run make docs: {', '.join(old)}", FAILED)
    return OK


def _documents(args: argparse.Namespace) -> int:
    from kiosk import assembly

    _say(f"{assembly.print_samples(args.folder)} documents in {args.folder}")
    return OK


def _owed(args: argparse.Namespace) -> int:
    config = _config(args.config)
    from kiosk import assembly

    nothing = assembly.owes(config, _say)
    if isinstance(nothing, Fault):
        raise _store_fault(nothing)
    return OK if nothing else FAILED


def _salvage(args: argparse.Namespace) -> int:
    config = _config(args.config)
    from kiosk import assembly

    everything = assembly.salvage(config, _say)
    if isinstance(everything, Fault):
        raise _store_fault(everything)
    return OK if everything else FAILED


def _audit(args: argparse.Namespace) -> int:
    config = _config(args.config)
    from kiosk import assembly

    found = assembly.audit(config, args.what, args.head, _say)
    if isinstance(found, Fault):
        raise _store_fault(found)
    return OK if found else FAILED


if __name__ == "__main__":
    sys.exit(main())
