# Everything runs in .venv, which the first target makes. Needs Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := demo/email-infrastructure
# The sample is set in early 2024.
NOW := 2024-01-25

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check lint bench lock clean

demo: $(VENV)/.installed
	test -d $(SAMPLE) || $(BIN)/notifier init $(SAMPLE)
	$(BIN)/notifier waves $(SAMPLE) --now $(NOW)
	$(BIN)/notifier render $(SAMPLE) --now $(NOW) -o demo/out
	$(BIN)/notifier publish $(SAMPLE) --now $(NOW) -o demo/site
	$(BIN)/notifier preview $(SAMPLE) --now $(NOW) --export demo/preview
	$(BIN)/notifier check $(SAMPLE) --now $(NOW)
	@echo
	@echo "The notice folder: $(SAMPLE) (change it, then run 'make demo' again)"
	@echo "The command:       .venv/bin/notifier --help"
	@echo "The documents:     demo/out/<locale>/ (open demo/out/en/page.html)"
	@echo "The web site:      demo/site/web/index.html"
	@echo "All of it:         demo/preview/index.html (follow your changes: .venv/bin/notifier preview $(SAMPLE) --now $(NOW) --open)"

test: $(VENV)/.tested
	scripts/test-tools
	$(BIN)/python -m pytest -n auto -rs

check: lint
	$(BIN)/python -m pytest -n auto -q -m "not slow"

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

bench: $(VENV)/.tested
	$(BIN)/python benchmarks/run.py

lock:
	scripts/lock

clean:
	rm -rf $(VENV) demo

$(VENV)/bin/python:
	PYTHON="$(PYTHON)" scripts/make-venv $(VENV)

# A plain install for users of the demo, pinned ones with hashes for the tests.
$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	test -e $(VENV)/.tested || $(BIN)/python -m pip install --quiet --editable ".[preview,translations]"
	touch $@

$(VENV)/.tested: requirements-ci.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-ci.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.installed
