PORT ?= 8000
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3; do $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN = .venv/bin
LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras --custom-compile-command "make lock"
DEMO = DEBUG=on SITE_URL=http://localhost:$(PORT) REQUIRE_STAFF_MFA=off MINIMUM_FORM_SECONDS=1 EMAIL_URL=filemail:// LOG_LEVEL=WARNING
# without the two that stand inside a line of text: djade would end them by a line break that readers see
TEMPLATES = $(shell find templates -name '*.html' ! -name '_search_status.html' ! -name '_search_title.html')
NPM_FLAGS = --no-save --no-audit --no-fund --ignore-scripts --silent --fetch-timeout=60000 --fetch-retries=1
BIOME = .venv/biome/node_modules/.bin/biome
PROOFS ?= restored_form pastes writing mail pictures hostile_html failures proxy widths accessibility
BENCHMARKS ?= pages writes search admin readings also_viewed

help: ## Show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.venv/base: requirements/base.txt
	@test -n "$(PYTHON)" || { echo "CareVox needs Python 3.11 or newer with venv."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/extras: .venv/base requirements/extras.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/extras.txt
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: .venv/dev ## Make .venv with everything for work on the code

demo: .venv/base ## Fill an embedded database with the demo magazine and serve it
	@$(DEMO) $(BIN)/python manage.py migrate -v 0
	@$(DEMO) $(BIN)/python manage.py demo_content
	@$(DEMO) $(BIN)/python manage.py runserver --noreload 127.0.0.1:$(PORT)

run: .venv/base ## Serve the site for work on the code, reloading
	$(DEMO) DEBUG_PAGES=on $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# the Nu HTML checker, a Java program that npm brings; the test says what is missing
.venv/nu: .venv/dev
	! command -v npm >/dev/null || npm install --prefix .venv/nu $(NPM_FLAGS) vnu-jar@26.9.27 || { rm -rf .venv/nu; echo "npm brought no Nu checker: its tests will say what is missing."; }

# a second checker of pages, for names and roles
.venv/html-validate: .venv/dev
	! command -v npm >/dev/null || npm install --prefix .venv/html-validate $(NPM_FLAGS) html-validate@9.7.1 || { rm -rf .venv/html-validate; echo "npm brought no html-validate: its test will say what is missing."; }

# what lays out styles and scripts, a program that npm brings; make lint says so where it is missing
.venv/biome: .venv/dev
	! command -v npm >/dev/null || npm install --prefix .venv/biome $(NPM_FLAGS) @biomejs/biome@2.6.8 || { rm -rf .venv/biome; echo "npm brought no Biome: make lint will say that it is missing."; }

# what drives Firefox and Chromium in the proofs, a library that npm brings; a proof that needs it says so
.venv/puppeteer: .venv/dev
	! command -v npm >/dev/null || npm install --prefix .venv/puppeteer $(NPM_FLAGS) puppeteer-core@24.43.1 || { rm -rf .venv/puppeteer; echo "npm brought no puppeteer-core: the proofs in browsers will say what is missing."; }

test: .venv/dev .venv/nu .venv/html-validate ## Run every test, on SQLite with the browser, then what asks the database on PostgreSQL
	$(BIN)/pytest -n 3 --dist worksteal --cov --cov-report=
	$(BIN)/coverage report --skip-covered --fail-under=95
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n 3 --dist worksteal -m "not browser" --only-database

lint: .venv/dev .venv/biome ## Style, types, layers, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/djlint --lint --quiet templates
	@if test -x $(BIOME); then $(BIOME) format static; else echo "Styles and scripts were not checked: install npm and run make .venv/biome."; test -z "$$CI"; fi
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	DEBUG=on DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run

check: lint test ## What CI runs

bench: .venv/dev ## Measure pages, writes and lists on a small and a large site, as ratios (needs twenty minutes the first time)
	for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name; done

proof: .venv/dev .venv/puppeteer ## The slow proofs, in real browsers and on big data (PROOFS=name for one; needs firefox-esr, npm)
	for name in $(PROOFS); do $(BIN)/python -m proofs.$$name || failed="$$failed $$name"; done; test -z "$$failed" || { echo "not proved:$$failed"; exit 1; }

format: .venv/dev .venv/biome ## Put the code in the house format
	$(BIN)/ruff check --fix-only -q .
	$(BIN)/ruff format -q .
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true  # it says that it has written by its exit code
	! test -x $(BIOME) || $(BIOME) format --write static

messages: .venv/dev ## Collect the strings of the interface and compile the catalogues (needs gettext)
	DEBUG=on $(BIN)/python manage.py makemessages -l en -l fr --no-location --no-obsolete --no-wrap -i .venv -i tests -i benchmarks -i proofs
	$(BIN)/python locale/plurals.py
	DEBUG=on $(BIN)/python manage.py compilemessages -l en -l fr -i .venv

check-spark: .venv/dev ## The same lists from DuckDB and Spark (needs Java 17; CLICKS=log.csv CUTOFF=seconds)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/cluster.txt
	$(BIN)/python benchmarks/check_spark.py $(if $(CLICKS),--clicks $(CLICKS)) $(if $(CUTOFF),--cutoff $(CUTOFF))

lock: .venv/dev ## Resolve the requirements anew for Python 3.11 to 3.14
	$(BIN)/python -m pip install -q uv
	for name in base extras cluster dev; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt; done

secret: ## Print a SECRET_KEY
	@python3 -c 'import secrets; print(secrets.token_urlsafe(60))'

clean: ## Remove what the other targets made, the demo's data included
	rm -rf .venv var static-collected benchmarks/results .coverage* .pytest_cache .ruff_cache .mypy_cache

.PHONY: help setup demo run test lint check bench proof check-spark format messages lock secret clean
.DEFAULT_GOAL := help
