# `make run` opens the reading room, `make test` runs the suite.
# Needs make and a Python >= 3.11; everything else is in the lock files, with its hash.

VENV = .venv
BIN = $(VENV)/bin
# Six whatever the cores: tests of the screen wait more than they compute.
TESTS =
PYTEST = $(BIN)/python -m pytest --numprocesses 6 --dist worksteal $(TESTS)
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check
MADE = $(VENV)/stamp-made
INSTALLED = $(VENV)/stamp-installed
EQUIPPED = $(VENV)/stamp-equipped

# A name in PATH is no proof: version managers leave stand-ins there that only print an
# error. So each candidate is run, and says its version if it can make a virtual environment.
PYTHON =
CANDIDATES = $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3 python)
PYENV_PYTHONS = "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[1-4].*/bin/python
SAY_VERSION = import ensurepip, sys; sys.version_info < (3, 11) and sys.exit(1); print("%d.%d" % sys.version_info[:2])

.PHONY: install run test lint check format docs test-all test-whoosh3 lock clean

install: $(INSTALLED)

run: $(INSTALLED)
	@$(BIN)/reader --workspace .

test: $(EQUIPPED)
	$(PYTEST)

lint: $(EQUIPPED)
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

check: lint test

format: $(EQUIPPED)
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

# What is made from the program's own tables.
docs: $(EQUIPPED)
	$(BIN)/python -m tests.test_docs
	$(BIN)/python -m tests.test_commands_doc

# The suite on every Python that runs here, each in an environment of its own.
test-all:
	@tested=; \
	for python in python3.11 python3.12 python3.13 python3.14 $(PYENV_PYTHONS); do \
		version=$$("$$python" -c '$(SAY_VERSION)' 2>/dev/null) || continue; \
		case " $$tested " in *" $$version "*) continue ;; esac; \
		tested="$$tested $$version"; \
		echo "== Python $$version =="; \
		$(MAKE) test VENV=".venvs/$$version" PYTHON="$$python" || exit; \
	done; \
	echo "Tested on Python$$tested"

# The search on whoosh3, which is maintained and takes Whoosh's place: in an environment that is thrown
# away. Where it cannot be had, that is said and is no failure.
WHOOSH3 = whoosh3>=3.54,<4
SEARCH_TESTS = $(wildcard tests/test_search*.py) tests/test_cli_search.py tests/test_relevance.py
test-whoosh3:
	@rm -rf .venvs/whoosh3
	@$(MAKE) VENV=.venvs/whoosh3 .venvs/whoosh3/stamp-equipped
	@cd .venvs/whoosh3/bin && ./python -m pip --quiet --disable-pip-version-check uninstall --yes whoosh
	@if .venvs/whoosh3/bin/python -m pip --quiet --disable-pip-version-check install --no-deps "$(WHOOSH3)"; then \
		.venvs/whoosh3/bin/python -c 'import whoosh; print("== whoosh3", whoosh.versionstring(), "==")' && \
		$(MAKE) VENV=.venvs/whoosh3 TESTS="$(SEARCH_TESTS)" test; \
	else \
		echo "== whoosh3 cannot be installed here: the search was not tested on it =="; \
	fi
	@rm -rf .venvs/whoosh3

# Remade with uv after a change to the dependencies: `make lock`, or `make lock UPGRADE=--upgrade`
# to move every pin to the newest version. The files name no index: where packages come from is
# for pip's own configuration to say.
UPGRADE =
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)
lock:
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv .venvs dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(MADE):
	@for python in $(CANDIDATES); do \
		if version=$$("$$python" -c '$(SAY_VERSION)' 2>/dev/null); then \
			echo "Making $(VENV) with Python $$version"; \
			"$$python" -m venv --clear "$(VENV)" && touch "$@"; \
			exit; \
		fi; \
	done; \
	echo "No Python >= 3.11 that can make a virtual environment was found (looked for:" $(CANDIDATES)")." >&2; \
	echo "Install one (on Debian and Ubuntu also python3-venv), or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(INSTALLED): $(MADE) requirements.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(EQUIPPED): $(INSTALLED) requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
