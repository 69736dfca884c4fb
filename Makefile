# The two commands of the README, and the pieces they are made of.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO_HOME ?= demo-home

.PHONY: demo test check lint types contracts tests explore lock screens clean

demo: $(VENV)/.run-ready
	$(BIN)/dateline demo --home $(DEMO_HOME)

test: check tests

check: lint types contracts

lint: $(VENV)/.dev-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev-ready
	$(BIN)/mypy

contracts: $(VENV)/.dev-ready
	$(BIN)/lint-imports

# All suites, everyday, slow, quality and browser, on all cores; pytest's own summary closes the run.
tests: $(VENV)/.dev-ready
	$(BIN)/pytest -n auto --dist worksteal --hypothesis-profile=check -m "slow or quality or browser or not slow"

# Try the laws that hold for every input on thousands of new examples; takes many minutes, and is no part of the check.
explore: $(VENV)/.dev-ready
	$(BIN)/pytest -m hypothesis --hypothesis-profile=explore

$(VENV)/.run-ready: requirements/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev-ready: requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Lock anew after a change of pyproject.toml; needs uv.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --group build -o requirements/run.txt pyproject.toml
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --group build --group dev -o requirements/dev.txt pyproject.toml

clean:
	rm -rf $(VENV) $(DEMO_HOME) build dist
