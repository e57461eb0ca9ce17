# One command at home and in CI. `make help` lists what there is.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8000
BIN := .venv/bin
RUN_STAMP := .venv/.run-ready
DEV_STAMP := .venv/.dev-ready
NODE_STAMP := node_modules/.package-lock.json
WORKERS ?= 2
# each worker gets a run of neighbours, which share their stages; whoever is done takes of the others'
SHARED_OUT := -n $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run setup test check drill days bench bench-search lighthouse album assets messages clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

run: $(RUN_STAMP) ## set up, load the sample province, serve http://127.0.0.1:8000 (PORT=…)
	@PORT=$(PORT) exec $(BIN)/python -m feedback.run

setup: $(DEV_STAMP) ## all that the tests need: packages, Chromium, PostgreSQL, the HTML validator
	@.ci/system-parts
	@$(MAKE) --no-print-directory $(NODE_STAMP)

test: setup check ## everything: check, both databases, a real browser
	$(BIN)/pytest $(SHARED_OUT) --durations=8 tests

check: $(DEV_STAMP) ## format, lint, types, import contracts, templates, words
	$(BIN)/ruff format --check feedback tests benchmarks
	$(BIN)/ruff check feedback tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python -m feedback.core.messages --check

drill: setup ## the long ones in full
	FEEDBACK_DRILL=1 $(BIN)/pytest $(SHARED_OUT) tests

days: setup ## what counts days, on a Saturday, in Tết, on a leap day, at the ends of years
	@set -e; for at in 2026-11-28T23:59:58 2026-12-31T23:59:50 2027-01-01T00:00:02 2027-02-08T09:00 2027-04-30T16:59 \
	  2027-08-31T06:30 2027-12-31T23:59:59 2028-02-29T12:00; do echo "$$at"; \
	  FEEDBACK_TEST_NOW=$$at+07:00 $(BIN)/pytest $(SHARED_OUT) --ignore=tests/journeys -k "not postgresql" tests; done

bench: $(DEV_STAMP) ## ratios measured in one run (BENCH="--full" takes an hour)
	$(BIN)/python -m benchmarks.pages $(BENCH)

bench-search: $(DEV_STAMP) ## search beside a page by its key, over 10,000 and 100,000 texts (BENCH="--keep DIR")
	$(BIN)/python -m benchmarks.search $(BENCH)

lighthouse: $(DEV_STAMP) ## a phone's view of five pages (needs node and Chromium)
	npm ci --prefix benchmarks/lighthouse --silent --no-audit --no-fund
	$(BIN)/python -m benchmarks.lighthouse --rounds 3

album: setup ## the pictures in docs/pictures: each page by day and by night, and those that tell a story
	$(BIN)/pytest -q tests/journeys/album.py tests/journeys/pictures.py

assets: $(NODE_STAMP) ## build static/ from static/src (needs node)
	node static/src/build.mjs

messages: $(RUN_STAMP) ## compile the words of the interface
	$(BIN)/python -m feedback.core.messages

clean: ## remove what can be made again (never the data under instance/)
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed (Debian: apt install python3 python3-venv)" >&2; exit 1; fi
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(RUN_STAMP): requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@[ -s instance/secret ] || (umask 077 && mkdir -p instance && $(BIN)/python -c 'import secrets; print(secrets.token_hex(32))' > instance/secret)
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(NODE_STAMP): package-lock.json
	npm ci --silent --no-audit --no-fund
	@touch $@
