# factbase: make demo, make test, make check, make bench. "make" alone lists them.

PORT ?= 8000
ARGS ?=
VENV := .venv
STAMP := $(VENV)/installed
PYTHON := $(VENV)/bin/python
MANAGE := FACTBASE_MODE=development $(PYTHON) manage.py
# One worker a core; ARGS="-n0" runs the tests in one process.
PYTEST := $(PYTHON) -m pytest -n auto --maxprocesses 8 --durations 10 --durations-min 0.5
# Measured on the whole suite only, and once.
COVERAGE := $(if $(ARGS),,--cov --cov-report=)
LOCK := uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-strip-extras \
	--no-header --no-annotate pyproject.toml
# Keys for checking production settings only: no process serves with them.
PRODUCTION := env -u DEBUG FACTBASE_MODE=production ALLOWED_HOSTS=facts.example.org \
	REDIS_URL=redis://cache.example.org \
	SECRET_KEY=only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz \
	LOG_KEY="$$($(PYTHON) manage.py create_log_key - 2>/dev/null)"

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help setup demo test check bench screenshots lock verifier clean
.DELETE_ON_ERROR:

help:
	@echo "make setup   install everything into $(VENV)"
	@echo "make demo    install, load the example, serve it on http://127.0.0.1:$(PORT)/ (PORT=...)"
	@echo "make test    install, run all tests on SQLite, and on PostgreSQL where there is one"
	@echo "make check   lint, format, types, import contracts, migrations, settings, lock"
	@echo "make bench   time the product against its goals (N=... sets the size)"
	@echo "make screenshots  draw the pictures of the guides from the demo (needs Chromium)"
	@echo "make lock    resolve the dependencies again (maintainers; needs uv)"
	@echo "make verifier  build verify.py again from the domain (maintainers)"
	@echo "make clean   remove what the other targets made"

setup: $(STAMP)

# The stamp is written last: an install that broke half way is done again. A $(VENV) that is a link
# belongs to another checkout, whose work would lose it half way.
$(STAMP): requirements/dev.txt
	@if [ -L $(VENV) ]; then \
		echo "$(VENV) is a link: install where it leads, or remove it and run make again." >&2; exit 1; fi; \
	python=$$(FACTBASE_PYTHON="$(FACTBASE_PYTHON)" sh requirements/find_python.sh) || exit 1; \
	echo "Setting up $(VENV) with $$("$$python" --version) ..."; \
	"$$python" -m venv --clear $(VENV) && \
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements/dev.txt && \
	touch $@ && echo "Everything is installed."

demo: $(STAMP)
	@echo "Preparing the database ..."
	@$(MANAGE) migrate --verbosity 0
	@echo "Loading the demo ..."
	@$(MANAGE) load_demo
	@echo
	@echo "factbase is at http://127.0.0.1:$(PORT)/ and its desk at http://127.0.0.1:$(PORT)/admin/"
	@echo "Stop it with Ctrl-C."
	@FACTBASE_MODE=development exec $(VENV)/bin/gunicorn --no-control-socket \
		--bind 127.0.0.1:$(PORT) --log-level warning factbase.wsgi

# Both suites run even if the first one fails; the last line says which ran and how they ended.
test: $(STAMP)
	@failed=0; ended="on PostgreSQL: not run"; \
	echo "Testing on SQLite ..."; \
	if env -u DATABASE_URL $(PYTEST) $(COVERAGE) $(ARGS); then first=passed; \
		else first=FAILED; failed=1; fi; \
	if url=$$($(PYTHON) -m tests.find_postgres); then \
		echo "Testing on PostgreSQL ..."; \
		if DATABASE_URL="$$url" $(PYTEST) --second-database $(ARGS); then ended="on PostgreSQL: passed"; \
			else ended="on PostgreSQL: FAILED"; failed=1; fi; \
	fi; \
	echo "Tests on SQLite: $$first; $$ended."; \
	exit $$failed

check: $(STAMP)
	@echo "Lint ..."; $(VENV)/bin/ruff check --quiet .
	@echo "Format ..."; $(VENV)/bin/ruff format --quiet --check .
	@echo "Types ..."; $(VENV)/bin/mypy --no-error-summary
	@echo "Import contracts ..."; $(VENV)/bin/lint-imports --no-logo
	@echo "Migrations ..."; $(MANAGE) makemigrations --check --dry-run
	@echo "Settings ..."; $(MANAGE) check --fail-level WARNING
	@echo "Settings in production ..."; \
		$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING
	@echo "API schema ..."; $(MANAGE) spectacular --validate --fail-on-warn --file /dev/null
	@echo "Lock ..."; $(PYTHON) -m pip check && $(PYTHON) -m pytest tests/test_setup.py -k lock
	@echo "All checks passed."

bench: $(STAMP)
	@$(PYTHON) -m benchmarks $(ARGS)

screenshots: $(STAMP)
	@$(PYTHON) -m tests.screenshots

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH" >&2; exit 1; }
	@$(LOCK) --output-file requirements/base.txt
	@$(LOCK) --extra dev --constraint requirements/base.txt --output-file requirements/dev.txt
	@echo "Locked. Now: make test"

verifier: $(STAMP)
	@$(PYTHON) -m claims.verifier.build

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@rm -rf var/static var/tests htmlcov .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
