# `make demo` and `make test` need Python 3.11 or newer and a package index; everything else follows.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

COMPILE := $(BIN)/pip-compile --quiet --no-header --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras

PEERS := build/peers

.PHONY: demo test lint docs bench peers train train-taught train-meaning requirements clean

demo: $(VENV)/.run
	@$(BIN)/sayso demo --serve

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.dev
	@$(BIN)/python docs/pictures.py || echo "the documentation is built without pictures: they want Chromium"
	$(BIN)/python -m sphinx -q -E -W --keep-going -b html docs build/docs
	@echo "written: build/docs/index.html"

bench: $(VENV)/.dev
	$(BIN)/python -m bench --shared $(SHARED)

peers: $(VENV)/.dev $(PEERS)/.peers
	$(BIN)/python -m bench.peers --shared $(SHARED)

train: $(VENV)/.train
	$(BIN)/python -m training --shared $(SHARED) --run runs/train

train-taught: $(VENV)/.train requirements/teacher.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/teacher.txt
	$(BIN)/python -m training --shared $(SHARED) --run runs/taught --teacher

train-meaning: $(VENV)/.train
	$(BIN)/python -m training.meaning --shared $(SHARED) --out runs/meaning

requirements: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check pip-tools
	$(COMPILE) --extra web -o requirements/run.txt pyproject.toml
	$(COMPILE) -o bench/peers/requirements.txt bench/peers/requirements.in
	$(COMPILE) --extra dev --extra docs --extra parquet --extra postgres --extra ray --extra web -o requirements/dev.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.venv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or call make with PYTHON=/path/to/it"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11: call make with PYTHON=/path/to/a/newer/one"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.venv requirements/run.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(PEERS)/.peers: $(VENV)/.venv bench/peers/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r bench/peers/requirements.txt
	@touch $@

$(VENV)/.train: $(VENV)/.dev requirements/train.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/train.txt || \
	  { echo "pip must find torch's processor-only build (2.13.0+cpu): name an index or a folder that has it, by"; \
	    echo "PIP_EXTRA_INDEX_URL or PIP_FIND_LINKS; for a GPU, install torch 2.13.0 and the others into $(VENV) and"; \
	    echo "run $(BIN)/python -m training yourself"; exit 1; }
	@touch $@
