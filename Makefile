# Two commands matter: `make run` and `make test`. Both set up .venv/ first.
PYTHON ?= python3
BIN := .venv/bin
# A process for each processor: with more of them tests that look at the clock fail now and then.
TOGETHER := -n auto --dist worksteal
AXE := tests/browser/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help install run test test-postgres endurance endurance-proof check format bench messages lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

install: .venv/installed ## build .venv/ from the lock file

.venv/installed: requirements.lock requirements-dev.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Without npm one test says that it is skipped, and the others run.
$(AXE): tests/browser/package-lock.json
	@! command -v npm >/dev/null || npm ci --prefix tests/browser --silent --no-audit --no-fund || true

run: install ## play the bot here, without an account; the real Telegram when TELEGRAM_BOT_TOKEN is set
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ]; then exec $(BIN)/python -m bot run; else exec $(BIN)/python -m bot sandbox; fi

test: install $(AXE) ## all tests
	$(BIN)/python -m pytest $(TOGETHER) --ignore=tests/browser
	$(BIN)/python -m pytest $(TOGETHER) --postgres tests/storage
	$(BIN)/python -m pytest tests/browser

test-postgres: install ## everything that keeps something, on a real PostgreSQL
	$(BIN)/python -m pytest $(TOGETHER) --postgres tests/storage tests/bot tests/endurance

endurance: install ## everything that must be survived, at length: half an hour; the tables are docs/endurance*.md
	$(BIN)/python -m pytest -n auto --ignore=tests/browser -m fault --endurance=full
	$(BIN)/python -m pytest -n auto --ignore=tests/browser -m fault --postgres --endurance=ci

endurance-proof: install ## the checkers are checked: each planted mistake must be noticed
	$(BIN)/python -m tests.endurance.proof

check: install ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: install ## put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Whoever is measured has what it needs and no more: the bot without the tools of developers, and its peers.
benchmarks/.venv/bot/installed: requirements.lock
benchmarks/.venv/peers/installed: benchmarks/requirements.lock
benchmarks/.venv/%/installed:
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench: install benchmarks/.venv/bot/installed benchmarks/.venv/peers/installed ## how fast, beside its peers: ten minutes; QUICK=1 is one, and writes nothing
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

# A new language: make messages, then $(BABEL) init -i locales/messages.pot -d locales -l xx
BABEL := $(BIN)/python -m babel.messages.frontend --quiet
messages: install ## gather every sentence of the code and of programme.yaml into the catalogues of locales/
	@mkdir -p locales
	$(BABEL) extract -F babel.cfg --add-location=file --no-wrap --sort-by-file -o locales/messages.pot .
	@for catalogue in locales/*/LC_MESSAGES/messages.po; do [ ! -f "$$catalogue" ] || \
		$(BABEL) update -i locales/messages.pot -o "$$catalogue" -l "$$(basename $${catalogue%/LC_MESSAGES/*})" \
			--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date; done

lock: install ## renew the lock files
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -o requirements-dev.lock
	$(BIN)/uv pip compile benchmarks/requirements.in --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -o benchmarks/requirements.lock

clean: ## forget .venv/ and caches
	rm -rf .venv benchmarks/.venv tests/browser/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
