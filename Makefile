# The newcomer's two commands are `make demo` and `make test`; both do all their own set-up in .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: demo test lint fix docs picture bench lock clean

demo: .venv/.core
	@$(BIN)/comity demo --to demo --no-open

test: .venv/.dev
	@sh tests/browser_setup.sh
	@$(BIN)/pytest -n auto --dist worksteal

lint: .venv/.dev
	@$(BIN)/ruff check src tests benchmarks docs training
	@$(BIN)/ruff format --check src tests benchmarks docs training
	@$(BIN)/mypy
	@$(BIN)/codespell docs README.md CHANGELOG.md CONTRIBUTING.md
	@$(BIN)/interrogate --quiet src tests

fix: .venv/.dev
	@$(BIN)/ruff check --fix src tests benchmarks docs training
	@$(BIN)/ruff format src tests benchmarks docs training

docs: .venv/.dev
	@$(BIN)/python docs/generate.py

picture: .venv/.dev
	@$(BIN)/python docs/picture.py

bench: .venv/.dev
	@$(BIN)/python benchmarks/start_up.py
	@$(BIN)/python benchmarks/set_up.py

# Resolves the dependencies anew; the locks hold every version and digest, for every platform.
lock:
	@$(PYTHON) -m venv .venv && $(PIP) install uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/core.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements/core.txt --group dev pyproject.toml -o requirements/dev.txt

clean:
	rm -rf .venv demo

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Comity needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "python3 has no venv module; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }

.venv/.core: requirements/core.txt pyproject.toml | .venv/bin/python
	@echo "Setting up in .venv (about a minute the first time) ..." >&2
	@$(PIP) install --require-hashes -r requirements/core.txt
	@$(PIP) install --no-deps --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.core
	@echo "Adding what the tests need ..." >&2
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
