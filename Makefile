# make run: the portal, with a sandbox unless .env names a real upstream. make test: all tests.
# make fuzz: ten thousand hostile inputs for each test of tests/fuzz.
# make mutants: three hundred rules broken one at a time; tests must notice.
# make soak: ten minutes of 50 people and a sync; SOAK="--minutes 1 --people 10" for less.
# make bench: how fast syncs, storing and pages are, and how many times what release 0.3.0 takes.
# make check: lint and types. make audit: known holes in what is pinned. make lock: pin again all
# that requirements*.txt need. make screenshots: a picture of every page. make pictures: those of the
# README, of a new demo. make messages: the catalogue.
PORT ?= 8000
SANDBOX_PORT ?= 8900
PYTHON ?= python3
BIN := .venv/bin

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: run test browser programs check types lock messages pictures screenshots soak fuzz bench audit mutants

run: .venv/.run
	@$(BIN)/python -m demo --port $(PORT) --sandbox-port $(SANDBOX_PORT) $(if $(ODD),--odd)

test: .venv/.test browser programs
	$(BIN)/python -m pytest --numprocesses auto

screenshots: .venv/.test browser
	$(BIN)/python -m pytest tests/browser -k "looks and (wider or printed)" --screenshots screenshots

pictures: .venv/.test browser
	$(BIN)/python -m demo.pictures --port $(PORT) --sandbox-port $(SANDBOX_PORT)

fuzz: .venv/.test
	$(BIN)/python -m pytest tests/fuzz tests/upstream/stripe/test_any_payload.py --hypothesis-profile=thorough --override-ini=faulthandler_timeout=3600

soak: .venv/.test
	@$(BIN)/python -m benchmarks.soak $(SOAK)

# DATABASE names a PostgreSQL server to make databases on; without it, SQLite alone is measured.
bench: .venv/.test
	$(BIN)/python -m benchmarks.sync
	$(BIN)/python -m benchmarks.storing
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.years --organizations 10000
ifdef DATABASE
	$(BIN)/python -m benchmarks.compare --database $(DATABASE)
	$(BIN)/python -m benchmarks.sync --database $(DATABASE)
	$(BIN)/python -m benchmarks.sync --database $(DATABASE) --organizations 20000 --threads 64 --runs 2
	$(BIN)/python -m benchmarks.storing --database $(DATABASE)
	$(BIN)/python -m benchmarks.pages --database $(DATABASE)
	$(BIN)/python -m benchmarks.pages --database $(DATABASE) --organizations 100000 --people 50
	$(BIN)/python -m benchmarks.years --database $(DATABASE)
	$(BIN)/python -m benchmarks.api --database $(DATABASE)
	$(BIN)/python -m benchmarks.migrations --database $(DATABASE)
	$(BIN)/python -m benchmarks.team --database $(DATABASE)
endif

check: .venv/.test
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory types

types: .venv/.test
	set -a; . ./.env.example; $(BIN)/mypy benchmarks billing_portal customers demo deploy observability sandbox manage.py tests/helpers/sandbox_process.py

# Needs GNU gettext: sudo apt-get install gettext
messages: .venv/.test
	set -a; . ./.env.example; \
	$(BIN)/python manage.py makemessages --locale de --no-obsolete --no-location --no-wrap && \
	$(BIN)/python manage.py compilemessages --locale de --ignore .venv

browser:
	@sh tests/browser/get_chromium.sh

programs: .venv/.test
	@sh tests/deploy/get_programs.sh

.venv/.run: requirements.lock | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.test: requirements-dev.lock .venv/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# After a change to requirements*.txt, or to take newer releases of what those need in turn. The one
# of the tests comes first, so that the portal is tested with the very releases that it runs with.
lock: .venv/.test
	$(BIN)/uv pip compile $(LOCK) requirements-dev.txt --output-file requirements-dev.lock
	$(BIN)/uv pip compile $(LOCK) --constraints requirements-dev.lock requirements.txt --output-file requirements.lock
	$(BIN)/uv pip compile $(LOCK) --constraints requirements-dev.lock requirements-celery.txt --output-file requirements-celery.lock

.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. Install it with: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and $(PYTHON) is older. Name another one: make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. Install it with: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

audit: .venv/.test
	@.ci/audit

mutants: .venv/.test
	@$(BIN)/python -m tests.mutants
