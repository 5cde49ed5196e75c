# `make ingest` installs everything and ingests the sample site; `make test` runs the tests.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PYTHONS ?= python3.11 python3.12 python3.13
BIN := .venv/bin
INSTALLED := .venv/.installed
INSTALLED_DEV := .venv/.installed-dev
UV_INSTALL := $(BIN)/uv pip install --quiet --python .venv

export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
# Where it is set, every process that is started compiles Prefect again, which takes two seconds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev ingest test test-slow test-operations test-cluster test-pythons chaos lint format schema former sample score compare bench fuzz audit lock simulate soak clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## install Wirehouse into .venv, from the lock, with hashes
setup-dev: $(INSTALLED_DEV) ## the same with the tools that tests and lint need

# pip brings uv, checked by its hash; uv installs the rest in a fraction of pip's time.
$(INSTALLED): requirements.lock requirements-setup.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Wirehouse needs Python 3.11 or newer; name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Installing the packages of requirements.lock into .venv ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements-setup.lock
	@$(UV_INSTALL) --require-hashes -r requirements.lock
	@$(UV_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(INSTALLED_DEV): $(INSTALLED) requirements-dev.lock
	@echo "Installing the packages of requirements-dev.lock into .venv ..."
	@$(UV_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

ingest: setup ## ingest the bundled sample site, then query the warehouse
	@$(BIN)/wirehouse ingest --sample
	@sed -n '1s/^-- //p' sql/queries/places_by_provider.sql
	@$(BIN)/wirehouse sql --file sql/queries/places_by_provider.sql
	@echo "A page about it, for a browser: $$($(BIN)/wirehouse report)"

test: setup-dev ## run the tests, on every core
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not slow and not soak and not quality and not operations and not cluster"

test-slow: setup-dev ## run the tests that take too long for `make test`, and property tests at length
	@$(BIN)/python -m pytest -q -m "slow or hypothesis" --hypothesis-profile full

test-operations: setup-dev ## run the schedule, a worker and a browser as an operator would
	@# Three at once even on two cores, since they wait for schedules most of the time.
	@$(BIN)/python -m pytest -q -n 3 --dist worksteal -m operations tests/operations

test-pythons: setup-dev ## install the lock under other interpreters (PYTHONS=...), and run sample and quick tests there
	@sh tests/pythons.sh $(PYTHONS)

test-cluster: setup-dev ## run the tests that need an object store (SeaweedFS, on loopback)
	@$(BIN)/python -m pytest -q -m cluster tests/cluster

chaos: setup-dev ## kill runs at their sync points, and have every answer of the site go wrong
	@$(BIN)/python -m pytest -q -m "not soak" tests/chaos

soak: setup-dev ## the same at length: 240 kills, 20,000 stories, 1,000 publications, 200 scheduled passes (hours)
	@$(BIN)/python -m pytest -q -m soak tests

simulate: setup-dev ## poll a simulated week on a fixed and on the adaptive schedule, as a table (half an hour)
	@$(BIN)/python -m tests.simulation

lint: setup-dev ## ruff, mypy, import rules, sqlfluff
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@rules=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$rules"; exit 1; }
	@# Half a minute each on one core, so both at once.
	@$(BIN)/mypy --no-error-summary & types=$$!; \
	$(BIN)/sqlfluff lint --nocolor -q sql; sql=$$?; wait $$types && exit $$sql

format: setup-dev ## format Python and SQL
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .
	@$(BIN)/sqlfluff fix --nocolor -q sql

schema: setup-dev ## write sql/schema.sql, TABLES.md and the settings table again
	@$(BIN)/python -m tests.schema

former: setup-dev ## store a small warehouse of each schema that has none stored yet
	@$(BIN)/python -m tests.former

sample: setup-dev ## build the bundled sample site again
	@$(BIN)/python -m tests.site.build --out data/sample

score: setup-dev ## score extraction, duplicates and entities against the gold sets
	@$(BIN)/python -m tests.quality
	@$(BIN)/python -m pytest -q -m quality tests/quality

compare: setup-dev ## run the gold pages through other extractors too (each installed aside)
	@$(BIN)/python -m tests.quality.compare

bench: setup-dev ## measure speed against plain loops, side by side, as a table
	@$(BIN)/python -m tests.benchmarks

fuzz: setup-dev ## feed damaged input to every parser, guided by coverage (atheris, installed aside)
	@$(BIN)/python -m tests.fuzz

audit: setup-dev ## check the locked packages for known vulnerabilities (pip-audit, installed aside)
	@$(BIN)/python -m tests.audit

lock: setup-dev ## resolve the three lock files again from pyproject.toml
	@for extra in "" -dev; do \
		$(BIN)/uv pip compile pyproject.toml $${extra:+--extra dev} --universal --generate-hashes \
			--no-emit-index-url --no-annotate --no-header --quiet -o requirements$$extra.lock; done
	@printf 'setuptools>=77\nuv>=0.11\n' | $(BIN)/uv pip compile - --universal --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet -o requirements-setup.lock

clean: ## remove the environment and everything ingested, but for the sample site
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache wirehouse.egg-info
	@find data -mindepth 1 -maxdepth 1 ! -name sample ! -name entities ! -name examples ! -name report -exec rm -rf {} +
