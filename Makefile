# SeeNow. `make` lists what there is to do.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
export PORT ?= 8000
# The environment's own tools come first, the Node.js of requirements/node.txt among them.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Hundreds of Python processes start in a run of the tests; only the first has to compile what they import.
unexport PYTHONDONTWRITEBYTECODE
JOBS ?= 2
PYTEST = pytest -n $(JOBS)
UNIT = -m "not e2e and not services and not faults"
# All pages are looked at before the first test of one: longer than any test may take.
LOOK = pytest -o faulthandler_timeout=1800
STAMPS := .venv/stamps

.PHONY: help install install-dev demo demo-reset test check lint types types-python types-browser migrations test-py test-js coverage test-services test-faults test-browser test-journeys test-ahead screenshots approve brochure test-all bench bench-fanout build fonts lighthouse pictures messages lock clean

help:  ## List what there is to do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# --- Installing: a stamp is younger than the lock file it was made from, so a second start installs nothing ------

$(STAMPS)/bootstrap: requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "SeeNow needs Python 3.11 or newer: make PYTHON=python3.11")'
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/app: requirements/app.txt $(STAMPS)/bootstrap
	@echo "Installing Python packages"
	@uv pip install --quiet --python .venv --require-hashes -r requirements/app.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/app
	@echo "Installing developers' packages"
	@uv pip install --quiet --python .venv --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/node: requirements/node.txt $(STAMPS)/bootstrap
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null \
	  || uv pip install --quiet --python .venv --require-hashes -r requirements/node.txt
	@touch $@

$(STAMPS)/messages: $(wildcard config/locale/*/LC_MESSAGES/*.po) $(STAMPS)/app
	@python manage.py compile_catalogs
	@touch $@

node_modules/.stamp: package-lock.json package.json .npmrc $(STAMPS)/node
	@echo "Installing browser packages"
	@npm ci --silent
	@touch $@

# Python's packages and the browser's arrive side by side.
install: $(STAMPS)/bootstrap  ## Install what running needs
	@$(MAKE) --no-print-directory --silent --jobs 2 $(STAMPS)/messages node_modules/.stamp
install-dev: install $(STAMPS)/dev  ## Install what developing needs, too

# --- Running ------------------------------------------------------------------------------------------------------

demo demo-reset: export SEENOW_DEMO = 1

demo: install  ## Run the whole shop with a demo world on PORT (8000), until Ctrl-C
	@exec python manage.py demo

demo-reset: install  ## The same, from an empty database
	@exec python manage.py demo --reset

built/.stamp: deploy/build.mjs node_modules/.stamp $(shell find static templates -name '*.css' -o -name '*.js' -o -name '*.html')
	@node deploy/build.mjs
	@touch $@

build: built/.stamp  ## Fold stylesheets and modules and make them small, as a release carries them

# --- Checking -----------------------------------------------------------------------------------------------------

test: install-dev  ## Everything that needs neither a server nor a browser
	@$(MAKE) --no-print-directory --jobs $(JOBS) --output-sync check test-js
	@$(MAKE) --no-print-directory test-py

check: install-dev types lint  ## Style, types, import contracts, migrations

lint: install-dev  ## Style and import contracts
	ruff check --quiet .
	ruff format --quiet --check .
	lint-imports --no-logo
	typos --format brief *.md docs

types: types-python types-browser migrations  ## Types of Python and JavaScript; migrations match the models

types-python: install-dev
	mypy

types-browser: install
	npx --no-install tsc --noEmit

migrations: install
	python manage.py makemigrations --check --dry-run

test-js: install
	node --test --test-reporter=dot tests/js/*.test.js

test-py: install-dev
	$(PYTEST) $(UNIT)

coverage: install-dev  ## The same tests, with the lines they reach counted (a third slower)
	rm -rf var/coverage && mkdir -p var/coverage
	coverage run -m $(PYTEST) $(UNIT)
	coverage combine --quiet
	coverage report

test-services: install-dev  ## What meets a database again, on PostgreSQL and Redis started for it
	python -m tests.services $(PYTEST) --served -m "not e2e and not faults" \
	  --ignore=tests/architecture --ignore=tests/benchmarks --ignore=tests/look

test-faults: install-dev  ## Kill, hang and cut off real servers, and count what is lost (nothing)
	python -m tests.services pytest -n 0 -rA --show-capture=no -m faults tests/faults

test-browser: install-dev  ## Three people in a real Chromium against a real server; then every page and state
	@$(MAKE) --no-print-directory --jobs 2 test-journeys test-ahead
	SEENOW_FILLED=$(CURDIR)/var/still $(LOOK) -m "e2e and not second_language" tests/e2e/test_pages.py

test-journeys: install-dev
	pytest -m e2e tests/e2e --ignore=tests/e2e/test_pages.py --ignore=tests/e2e/test_demo.py

# Who clicks waits more than works. Meanwhile the shops are filled that are looked at and, with WEIGH=1, weighed
# afterwards, and the demo is opened as a stranger does.
test-ahead: install-dev
	python -m tests.e2e.filled var/still
	$(if $(WEIGH),python -m benchmarks.lighthouse --prepare)
	pytest -m e2e tests/e2e/test_demo.py

screenshots: install-dev  ## Every page and state at three widths in two languages, compared: var/screenshots/index.html
	$(LOOK) -m e2e tests/e2e/test_pages.py || failed=$$?; python -m tests.e2e.approving sheets; exit $${failed:-0}

approve: install-dev  ## Approve the screenshots taken last, after looking at them
	python -m tests.e2e.approving approve

brochure: install-dev  ## Take the pictures of README and docs anew
	python -m tests.e2e.brochure

test-all: test test-services test-browser  ## All of it

bench: bench-fanout  ## Every benchmark

bench-fanout: install-dev  ## Measure the room beside six others: docs/performance.md
	python -m benchmarks.fanout

lighthouse: install-dev  ## Weigh six pages on a phone's profile, served as in production
	@python -m benchmarks.lighthouse

# --- Keeping ------------------------------------------------------------------------------------------------------

.venv-modelling/.stamp: requirements/modelling.txt $(STAMPS)/bootstrap
	@uv venv --quiet --clear --python 3.11 .venv-modelling
	@uv pip install --quiet --python .venv-modelling --require-hashes -r requirements/modelling.txt
	@touch $@

pictures: .venv-modelling/.stamp  ## Model and photograph the demo's goods anew (PIECE=slug for one): docs/imagery.md
	.venv-modelling/bin/python -m catalog.modelling $(PIECE)

fonts: install-dev  ## Cut the faces down to what pages say
	python -m deploy.fonts

messages: install  ## Compile the translations
	python manage.py compile_catalogs

lock: install-dev  ## Resolve the lock files anew (hashes, no address of a registry)
	cd requirements && for name in bootstrap app dev node modelling; do \
	  uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	    --python-version 3.11 $${UPGRADE:+--upgrade} -o $$name.txt $$name.in; done
	for folder in . benchmarks/fanout benchmarks/lighthouse; do cd $(CURDIR)/$$folder && npm install --silent --package-lock-only && \
	  node -e 'const fs = require("fs"), name = "package-lock.json", lock = JSON.parse(fs.readFileSync(name)); \
	    for (const entry of Object.values(lock.packages)) delete entry.funding; \
	    fs.writeFileSync(name, JSON.stringify(lock, null, 2) + "\n")'; done

clean:  ## Forget what was installed and built; the data under var/ stays
	rm -rf .venv .venv-modelling node_modules built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache var/coverage
