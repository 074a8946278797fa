# make help explains every target.
.DEFAULT_GOAL := help
PY := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software QT_QPA_UPDATE_IDLE_TIME=0 LANG=C.UTF-8
PATHS := kiosk drivers offline_cache ui tests

.PHONY: help setup-run setup-demo setup-test demo run test test-again check prove fuzz bench docs personas sheets lock clean

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup-run setup-demo setup-test:
	@sh installer/setup.sh $(@:setup-%=%)

demo: setup-demo ## one whole visit on this machine: kiosk, window, platform, virtual devices (without a screen: pictures in demo-out/)
	@$(PY) -m kiosk demo

run: setup-run ## the terminal of CONFIG=file.toml
	@$(PY) -m kiosk run --config $(or $(CONFIG),$(error CONFIG=file.toml is missing))

test: setup-test ## every test, some thirty minutes on two cores
	@$(OFFSCREEN) $(PY) -m pytest -q -m "not long" -n 3 --dist worksteal

test-again: setup-test ## only the tests that failed last time, one after the other
	@$(OFFSCREEN) $(PY) -m pytest -q -m "not long" --last-failed --last-failed-no-failures none

check: setup-test ## format, lint, types, import rules, QML, generated files
	@.venv/bin/ruff format --check -q $(PATHS)
	@.venv/bin/ruff check -q $(PATHS)
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@$(OFFSCREEN) $(PY) -m ui.lint
	@$(PY) -m kiosk.contracts.platform_api --check
	@$(PY) -m kiosk docs --check

prove: setup-test ## the long proofs at full size: soaks, thousands of cuts, fuzzing
	@$(OFFSCREEN) $(PY) -m pytest -q -m long

fuzz: setup-test ## a million mutants for every parser, half an hour; make fuzz PARSER=ipp-answers for one
	@$(OFFSCREEN) $(PY) -m tests.fuzz $(PARSER)

bench: setup-test ## ratios against a floor or a peer in the same run
	@$(PY) -m tests.bench.bench_outbox
	@$(PY) -m tests.bench.bench_catch_up
	@$(PY) -m tests.bench.bench_platform
	@$(PY) -m tests.bench.bench_scope
	@$(PY) -m tests.bench.bench_scanner
	@$(PY) -m tests.bench.bench_camera
	@$(PY) -m tests.bench.bench_receipt
	@$(PY) -m tests.bench.bench_recovery
	@$(PY) -m tests.bench.bench_identity
	@$(PY) -m tests.bench.bench_frames

docs: setup-test ## generated pages: journeys, configuration, faults, contract
	@$(PY) -m kiosk docs

personas: setup-test ## twenty people open a business; their scorecards into docs/personas.md (half an hour)
	@$(OFFSCREEN) $(PY) -m tests.journeys.personas $(WHO)

sheets: setup-test ## contact sheets of every screen into docs/pictures/sheets, small ones for docs/screens.md
	@$(OFFSCREEN) $(PY) -m tests.screens.sheets docs/pictures/sheets

lock: ## pin the dependencies anew, with hashes (needs uv)
	@uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q installer/requirements.in -o installer/requirements.txt
	@uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q installer/requirements-dev.in -o installer/requirements-dev.txt

clean: ## remove what was built and demonstrated
	@rm -rf build demo-out var .mypy_cache .ruff_cache .pytest_cache
