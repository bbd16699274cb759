# Two commands are enough: `make demo` and `make test`. The rest are their parts, for while you work; the hook and CI call the same.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# Extra words for pytest: make test-unit-sqlite ARGS="-k progress -x"
ARGS ?=
# Two workers: what CI's machine has.
JOBS ?= 2
UNIT := $(BIN)/pytest -n $(JOBS) --dist loadfile -m "not e2e and not full"
TYPED = wayfellow/kernel wayfellow/access $(filter-out wayfellow/kernel/% wayfellow/access/%, \
	$(foreach name,services selectors rules,$(wildcard wayfellow/*/$(name).py wayfellow/*/$(name))))
# Tests must not inherit a database or settings from the shell that calls make.
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=wayfellow.config.settings.test
CLEAN := env -u DATABASE_URL -u MIGRATE_DATABASE_URL -u DJANGO_SETTINGS_MODULE

.PHONY: help demo test test-full check fmt assets lock doctor bench wheel venv setup \
	test-unit-sqlite test-unit-postgres test-e2e test-architecture test-guards

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' Makefile

demo: venv assets ## Everything set up, an invented agency, a server on http://localhost:8000 (or PORT)
	@exec $(BIN)/wayfellow demo

test: ## Everything set up and proven: checks, tests on SQLite and PostgreSQL, browser journeys
	@start=$$SECONDS; \
	step() { echo; echo "== $$1 ($$((SECONDS - start)) s)"; $(MAKE) $$1; }; \
	step setup; step check; step test-unit-sqlite; step test-unit-postgres; step test-e2e; \
	echo; echo "== all of it took $$((SECONDS - start)) s"

test-full: test ## The same, and the states and guard mutations that take minutes
	$(CLEAN) $(BIN)/pytest -n $(JOBS) --dist loadfile -m "full and not e2e" $(ARGS) || [ $$? = 5 ]
	$(CLEAN) $(BIN)/pytest -m "full and e2e" $(ARGS) || [ $$? = 5 ]

check: venv ## Seconds: lint, templates, types, import contracts, migrations, the tree; all are run, then it fails
	@failed=""; run() { local what=$$1; shift; "$$@" || failed="$$failed $$what"; }; \
	run lint $(BIN)/ruff check --quiet .; \
	run format $(BIN)/ruff format --check --quiet --output-format concise .; \
	run templates $(BIN)/djlint --lint --quiet wayfellow; \
	run tree $(BIN)/python tools/check_tree.py; \
	run imports $(CLEAN) $(BIN)/python tools/contracts.py; \
	run types $(CLEAN) $(BIN)/mypy --strict --no-error-summary $(TYPED); \
	run migrations $(CLEAN) $(TEST_SETTINGS) $(BIN)/python manage.py makemigrations --check --dry-run -v 1; \
	if [ -n "$$failed" ]; then echo "check: not right yet:$$failed (\`make fmt\` mends format and some of lint)"; exit 1; fi; \
	echo "check: fine ($$SECONDS s)"

fmt: venv ## Format and mend what lint can mend
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

setup: ## What the tests need: the machine's packages (installed as root on Debian), .venv, browser parts
	@python=$$(tools/python.sh); "$$python" tools/doctor.py --install
	@$(MAKE) venv assets

doctor: ## What this machine lacks, and the command that brings it
	@python=$$(tools/python.sh); "$$python" tools/doctor.py

venv:
	@tools/venv.sh

assets: venv ## Browser parts from their locked packages into wayfellow/ui/static/ui/vendor
	@$(BIN)/python tools/assets.py

test-unit-sqlite: venv assets ## Every test without a browser, on SQLite
	$(CLEAN) $(UNIT) $(ARGS)

test-unit-postgres: venv assets ## The same on a private PostgreSQL
	$(CLEAN) $(BIN)/python tools/postgres.py $(UNIT) $(ARGS)

test-e2e: venv assets ## The journeys in a real browser
	@$(CLEAN) $(BIN)/pytest tests/e2e -n $(JOBS) --dist loadfile -m "e2e and not full" $(ARGS) || { \
		echo "Once more and alone, what failed: a browser on a busy machine can miss its time. What fails twice has failed."; \
		$(CLEAN) $(BIN)/pytest tests/e2e -m "e2e and not full" --last-failed --last-failed-no-failures none; }

test-architecture: venv ## Only the shape of the code
	$(CLEAN) $(BIN)/pytest tests/architecture $(ARGS)

test-guards: venv ## Only who may see whom, over every URL
	$(CLEAN) $(BIN)/pytest tests/guards -m "not full" $(ARGS)

bench: venv assets ## 10,000 clients on both databases; prints ratios to the signed-in constant page
	$(CLEAN) $(BIN)/python -m tools.bench $(ARGS)

lock: venv ## Compile requirements/*.txt from pyproject.toml (UPGRADE=1 takes newer versions)
	@tools/lock.sh $(if $(UPGRADE),--upgrade)

wheel: venv assets ## The wheel, with the browser parts in it, looked over
	@rm -rf dist
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist . >/dev/null
	@$(BIN)/python tools/check_wheel.py dist/*.whl
