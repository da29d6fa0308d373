# Every command a developer needs. `make setup` comes first by itself.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
NHIPCAU := $(PY) -m nhipcau
SERVE ?= 1
PORT ?= 8000
BROWSER ?= 1
PG15 ?= /usr/lib/postgresql/15/bin
export PYTHONPATH := $(CURDIR)/src
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: setup demo run test check format test-heavy test-pg15 bench load messages lock wheel static clean chromium

# --- setting up -------------------------------------------------------------------------------------------

setup: $(VENV)/.ready static .build/catalogues

# Debian's Python may come without venv: virtualenv is fetched beside it.
$(VENV)/.ready: requirements.lock requirements-dev.lock
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-pip"; exit 1; }
	@test -x $(PY) || { echo "setup: making $(VENV)"; \
		$(PYTHON) -m pip install -q --target .build/bootstrap virtualenv && \
		PYTHONPATH=.build/bootstrap $(PYTHON) -m virtualenv -q --no-periodic-update $(VENV); }
	@echo "setup: installing the locked dependencies"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-dev.lock
	@touch $@

# Style sheets and fonts from npm, cut to what the pages use; nothing of npm runs on the server.
VENDOR := src/nhipcau/apps/webkit/static/vendor/tabler.css
PAGES := $(shell find src/nhipcau/apps -path '*/static/vendor' -prune -o -type f '(' -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.py' ')' -print)
static: $(VENDOR)
node_modules/.ready: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm is needed once, for the style sheets: apt-get install nodejs npm"; exit 1; }
	@echo "setup: fetching style sheets and fonts"
	@npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
$(VENDOR): $(VENV)/.ready node_modules/.ready $(PAGES)
	@$(PY) -m nhipcau.apps.webkit.build

.build/catalogues: $(VENV)/.ready $(wildcard src/nhipcau/locale/*/LC_MESSAGES/*.po) tools/catalogues.py
	@$(PY) tools/catalogues.py compile
	@mkdir -p .build && touch $@

chromium:
	@bash tools/install.sh chromium chromium

# --- using ------------------------------------------------------------------------------------------------

demo: setup
	@$(NHIPCAU) demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve) \
		$(if $(SCENARIO),--scenario $(SCENARIO)) $(if $(TASKS),--tasks $(TASKS))

run: setup
	@$(NHIPCAU) serve --port $(PORT)

# --- testing ----------------------------------------------------------------------------------------------

# A few tests at a time, so that what takes long (conftest.py puts it first) is shared by both workers.
PYTEST := nice $(PY) -m pytest -q -n 2 --maxschedchunk 4
QUICK := not heavy and not crash

ifeq ($(BROWSER),0)
test: setup
	@echo "test: the browser journeys are left out (BROWSER=0)"
	@NHIPCAU_ODD=1 $(PYTEST) --note-statements -m "$(QUICK) and not browser"
else
test: setup chromium
	@NHIPCAU_ODD=1 $(PYTEST) --note-statements -m "$(QUICK)"
endif

check: setup
	@bash tools/check.sh $(BIN)

format: setup
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .
	@find src -name '*.html' -path '*/templates/*' -print0 | xargs -0 $(BIN)/djade -q --target-version 5.2 || true

test-pg15: setup
	@bash tools/install.sh $(PG15)/postgres postgresql-15 || true
	@if test -x $(PG15)/postgres; then \
		echo "test-heavy: the application's tests on PostgreSQL 15"; \
		NHIPCAU_ODD=2 NHIPCAU_PG_BIN=$(PG15) $(PYTEST) --of-database -m "$(QUICK) and not browser" \
			src/nhipcau/apps src/nhipcau/config src/nhipcau/embedded tests/permissions; \
	else echo "test-heavy: PostgreSQL 15 is left out, its package may not be installed here"; \
		NHIPCAU_ODD=2 $(PYTEST) tests/permissions/test_odd_input.py; fi

test-heavy: setup test-pg15
	@for need in "tesseract tesseract-ocr tesseract-ocr-vie" "soffice libreoffice-writer-nogui" \
			"/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf fonts-liberation2" \
			"debootstrap debootstrap" "ip iproute2"; do \
		bash tools/install.sh $$need || echo "test-heavy: going on without $${need%% *}"; done
	@echo "test-heavy: crash tests, the wheel, the restore drill, a clean Debian root"
	@$(PYTEST) --dist loadfile --no-loadscope-reorder -m "heavy or crash"

bench: setup
	@$(PY) tools/bench.py; kept=$$?; $(PY) tools/bench_lists.py || kept=1; $(PY) tools/bench_registry.py || kept=1; \
	$(PY) tools/bench_linking.py && exit $$kept

load: setup
	@$(PY) tools/load.py
	@$(PY) tools/load_reports.py --filled --kill --workbooks 150

# --- keeping ----------------------------------------------------------------------------------------------

messages: setup
	@$(PY) tools/catalogues.py update

wheel: setup
	@$(PY) tools/wheel.py

LOCK := $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --strip-extras --allow-unsafe
lock:
	$(LOCK) -o requirements.lock pyproject.toml
	$(LOCK) -c requirements.lock -o requirements-dev.lock requirements-dev.in

clean:
	rm -rf .build .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis node_modules dist build src/*.egg-info
	rm -rf src/nhipcau/apps/webkit/static/vendor; find src -name '*.mo' -delete
