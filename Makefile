# The commands of this project: run, demo, test, check, fix, bench, screenshots, mail-pictures.
# All paths are relative and all else is quoted, so that the checkout may lie in a folder with a space.
# "exec" leaves no shell between make and a program: what ends make (TERM, or Ctrl-C in a terminal) ends the program.

PYTHON ?= python3
BIN := .venv/bin

# What must be covered to the last branch: the rules that say how an area stands.
RULES := concordat/national.py,concordat/signup.py,actionplans/progress.py,actionplans/course.py,actionplans/timescale.py,actionplans/timescales/*.py,actionplans/states.py,actionplans/chasing/policy.py,concordat/kernel/dates.py,concordat/kernel/sending_days.py,concordat/kernel/periods.py
RULE_TESTS := tests/concordat/test_national.py tests/actionplans/test_progress.py \
	tests/actionplans/test_progress_numbers.py tests/actionplans/test_timescale.py \
	tests/actionplans/timescales \
	tests/actionplans/test_states.py tests/actionplans/test_course.py tests/actionplans/chasing/test_policy.py \
	tests/kernel/test_dates.py tests/kernel/test_sending_days.py tests/kernel/test_periods.py

# Tests that would show the same on any database, besides those in a browser: of whole pages, of who may see which, and
# of words. Whatever they ask of the database is asked on PostgreSQL too, by other tests.
DONE_ON_SQLITE := $(addprefix --ignore=tests/,concordat/test_run.py site/test_crawl.py site/test_html.py \
	site/test_permissions.py site/test_report_permissions.py concordat/accounts/test_urls.py \
	concordat/pages/test_dated.py concordat/pages/test_finding.py concordat/pages/test_maps_of_england.py \
	concordat/link/test_bad_input.py concordat/workspace/test_bad_input.py concordat/workspace/test_every_form.py \
	concordat/workspace/test_typed.py concordat/reports/test_ministerial.py)
# With 10 rows the pages take as many queries there as they take with 500 here.
DONE_ON_SQLITE += --deselect='tests/concordat/workspace/test_query_counts.py::test_each_page_takes_the_same_queries[500]'

# A file of tests stays in one process; tests/conftest.py says which files come first.
PARALLEL := -n auto --dist loadfile --no-loadscope-reorder

# Settings like those of a real service, so that `check` and `makemigrations` see what production sees.
PRODUCTION := CONCORDAT_MODE=production SECRET_KEY='only for make check: no service ever runs with this one' \
	ALLOWED_HOSTS=tracker.example DATABASE_URL=sqlite://:memory: REDIS_URL=redis://127.0.0.1/0

# Tests start many programs, and each starts faster from code that is compiled already.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run demo test check fix bench screenshots mail-pictures look test-sqlite test-postgresql \
	check-style check-types check-settings check-installed check-rules

run: .venv/installed-run ## prepare everything and start it on http://localhost:8000/
	@exec $(BIN)/python manage.py run

demo: .venv/installed-run ## the same with a made-up country in a database of its own
	@CONCORDAT_DEMO=yes exec $(BIN)/python manage.py run

test: .venv/installed-test look ## all tests, on SQLite and again on PostgreSQL
	@exec $(BIN)/python -m tests.services -- "$(MAKE)" -k --no-print-directory test-sqlite test-postgresql

look: .venv/installed-run ## compile the stylesheet, and fetch what tests check pages with (run and demo compile it themselves)
	@$(BIN)/python concordat/look/build.py --with-checks

test-sqlite:
	@echo "Tests on SQLite"
	@DATABASE_URL= exec $(BIN)/python -m pytest $(PARALLEL)

test-postgresql:
	@echo "Tests on PostgreSQL (those that ask no database, and of whole pages in a browser, are done)"
	@DATABASE_URL="$$TEST_DATABASE_URL" exec $(BIN)/python -m pytest $(PARALLEL) -m "database and not browser" $(DONE_ON_SQLITE)

check: .venv/installed-test ## style, types, imports, settings, migrations, vulnerabilities, rules
	@"$(MAKE)" --no-print-directory --jobs=2 --output-sync=target check-rules check-types check-style check-settings check-installed

check-style:
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/lint-imports

check-types:
	$(BIN)/python -m mypy .

check-settings:
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run

check-installed:
	@$(BIN)/python -m tests.audit

check-rules:
	@$(BIN)/python -m coverage run --data-file=.coverage.rules -m pytest -q $(RULE_TESTS)
	@$(BIN)/python -m coverage report --data-file=.coverage.rules --include="$(RULES)" --show-missing --fail-under=100

fix: .venv/installed-test ## put the style right
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

bench: .venv/installed-test look ## measure
	$(BIN)/python -m tests.bench

screenshots: .venv/installed-test look ## take the pictures of README anew
	@exec $(BIN)/python -m tests.screenshots

mail-pictures: .venv/installed-test ## take pictures of every kind of mail, into var/mail-pictures/
	@exec $(BIN)/python -m tests.mail_pictures

.venv/installed-run: requirements.txt
	@"$(PYTHON)" -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.11")'
	@"$(PYTHON)" -m venv .venv || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing what it needs …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-test: .venv/installed-run requirements-dev.txt
	@echo "Installing what tests and checks need …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@
