# Every command a developer needs. The first one sets up all the others.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := $(CURDIR)/src
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: setup lock

setup: $(VENV)/.ready

# Debian's Python may come without venv: virtualenv is fetched beside it.
$(VENV)/.ready: requirements.lock requirements-dev.lock
	@test -x $(BIN)/python || { $(PYTHON) -m pip install -q --target .build/bootstrap virtualenv && PYTHONPATH=.build/bootstrap $(PYTHON) -m virtualenv -q $(VENV); }
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

LOCK := $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --strip-extras --allow-unsafe
lock:
	$(LOCK) -o requirements.lock pyproject.toml
	$(LOCK) -c requirements.lock -o requirements-dev.lock requirements-dev.in

include front.mk
