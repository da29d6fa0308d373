# Style sheets, fonts and catalogues: what is made from others' packages or compiled before pages can be served.
VENDOR := src/nhipcau/apps/webkit/static/vendor/tabler.css
FRONT := $(shell find src/nhipcau/apps -name '*.html' -o -path '*/webkit/static/webkit/css/*.css') src/nhipcau/apps/webkit/build.py src/nhipcau/apps/webkit/stylesheet.py

.PHONY: static
setup: static

static: $(VENDOR)

node_modules/.ready: package.json package-lock.json
	@npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

$(VENDOR): node_modules/.ready $(VENV)/.ready $(FRONT)
	@$(BIN)/python -m nhipcau.apps.webkit.build
