# What one does with the project; `make help` says it in a sentence each.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2

BIN := .venv/bin
CATALOGUES := $(wildcard nominations/translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run install install-dev browser test check bench bench-million soak format requirements translations clean

help:  ## Say what there is.
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run: install  ## Start the service with its demonstration on http://127.0.0.1:8000 (HOST and PORT are honoured).
	@exec env HOST=$(HOST) PORT=$(PORT) deploy/run

install: .venv/installed $(COMPILED)  ## Make .venv with the pinned requirements of the service.

install-dev: .venv/installed-dev $(COMPILED)  ## Make .venv with everything the tests and checks need.

test: install-dev browser  ## Run the whole suite on SQLite and PostgreSQL, in a real browser too.
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: install-dev  ## Check style, types, templates, translations, layers and repetition.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/architecture

bench: install-dev  ## Measure the service against hand-written SQL on both databases, up to 100,000 files.
	@$(BIN)/python -m bench

bench-million: install-dev  ## The same on PostgreSQL, grown to 1,000,000 files.
	@$(BIN)/python -m bench --million

soak: install-dev browser  ## Run what takes long (random lives, races, every width, coverage) and note its figures in docs/figures.md.
	@$(BIN)/python -m pytest tests/soak

format: install-dev  ## Lay out the code the house's way.
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

translations: install-dev  ## Collect the sentences of the interface for their English to be written.
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F pyproject.toml -k lazily --no-location --sort-output \
		--omit-header -o build/messages.pot .
	@$(BIN)/pybabel -q update -i build/messages.pot -d nominations/translations -l en \
		--no-fuzzy-matching --ignore-obsolete --omit-header --init-missing

requirements: .venv/installed-dev  ## Pin anew what pyproject.toml asks for, with hashes.
	@$(BIN)/python -m venv build/uv && build/uv/bin/pip install --quiet uv
	@for extra in "-o requirements.txt" "--extra dev -c requirements.txt -o requirements-dev.txt"; do \
		UV_CUSTOM_COMPILE_COMMAND="make requirements" build/uv/bin/uv pip compile --quiet --upgrade \
			--universal --generate-hashes --python-version 3.11 --no-emit-index-url \
			--no-emit-find-links pyproject.toml $$extra > /dev/null || exit 1; done

clean:  ## Remove what was built; the database and its files in instance/ stay.
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache $(COMPILED)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing the requirements ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "Installing the requirements of tests and checks ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch .venv/installed $@

%.mo: %.po | .venv/installed
	@$(BIN)/pybabel -q compile --use-fuzzy -i $< -o $@

browser:
	@tests/browser/install-chromium
