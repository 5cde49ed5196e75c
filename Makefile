# Wirehouse: `make ingest` sets everything up and ingests the sample wire; `make test` runs the tests.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/.installed
INSTALLED_DEV := .venv/.installed-dev
UV_INSTALL := $(BIN)/uv pip install --quiet --python .venv

export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev ingest test test-all lint format schema former sample score compare bench fuzz audit lock soak clean

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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

ingest: setup ## ingest the bundled sample wire, then ask the warehouse a question
	@$(BIN)/wirehouse ingest --sample
	@sed -n '1s/^-- //p' sql/queries/places_by_provider.sql
	@$(BIN)/wirehouse sql --file sql/queries/places_by_provider.sql

test: setup-dev ## run the tests
	@$(BIN)/python -m pytest -m "not slow and not soak"

test-all: setup-dev ## run the tests, the slow ones included
	@$(BIN)/python -m pytest -m "not soak"

soak: setup-dev ## prove in full what `make test` proves in small: kills, faults, readers (hours)
	@$(BIN)/python -m pytest -m soak

lint: setup-dev ## ruff, mypy, import rules, sqlfluff
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo 2>&1 | tail -n 4
	@$(BIN)/sqlfluff lint --nocolor -q sql

format: setup-dev ## put Python and SQL into the house's form
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .
	@$(BIN)/sqlfluff fix --nocolor -q sql

schema: setup-dev ## write sql/schema.sql again from a migrated warehouse
	@$(BIN)/python -m tests.schema

former: setup-dev ## store a small warehouse of each schema that has none stored yet
	@$(BIN)/python -m tests.former

sample: setup-dev ## make the bundled sample wire again
	@$(BIN)/python -m tests.site.build --out data/sample

score: setup-dev ## score the reader and the duplicates against the gold set
	@$(BIN)/python -m tests.quality

compare: setup-dev ## put the gold pages through other extractors too (installs each one aside)
	@$(BIN)/python -m tests.quality.compare

bench: setup-dev ## measure against the plain loops, side by side, as a table
	@$(BIN)/python -m tests.benchmarks

fuzz: setup-dev ## feed every parser with damaged input, guided by what it reaches (atheris, aside)
	@$(BIN)/python -m tests.fuzz

audit: setup-dev ## hold the locked dependencies against the known vulnerabilities (pip-audit, aside)
	@$(BIN)/python -m tests.audit

lock: setup-dev ## resolve the three lock files again from pyproject.toml
	@for extra in "" -dev; do \
		$(BIN)/uv pip compile pyproject.toml $${extra:+--extra dev} --universal --generate-hashes \
			--no-emit-index-url --no-annotate --no-header --quiet -o requirements$$extra.lock; done
	@printf 'setuptools>=77\nuv>=0.11\n' | $(BIN)/uv pip compile - --universal --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet -o requirements-setup.lock

clean: ## remove the environment and everything ingested, the sample wire excepted
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache wirehouse.egg-info
	@find data -mindepth 1 -maxdepth 1 ! -name sample ! -name entities -exec rm -rf {} +
