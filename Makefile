# Two commands for a newcomer: `make run` and `make test`. Everything is installed into .venv.
PYTHON ?= python3
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable

.PHONY: run test check install clean

run: $(VENV)/.installed
	@$(BIN)/kentesor serve --port $(PORT)

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

install: $(VENV)/.installed

# Debian parts ensurepip from Python (package python3-venv); where it is missing, pip is fetched from the index.
$(VENV)/.pip: install_pip.py
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@$(PYTHON) -m venv --without-pip $(VENV)
	@$(BIN)/python -m ensurepip >/dev/null 2>&1 || $(BIN)/python install_pip.py
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.pip
	@echo "Installing Kente Sor and its packages into $(VENV); this takes some minutes the first time."
	@$(INSTALL) .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.pip
	@echo "Installing Kente Sor, its packages and the test tools into $(VENV); this takes some minutes the first time."
	@$(INSTALL) ".[dev]"
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist *.egg-info
