# `make demo` needs git, make and Python 3.11 or newer; everything else goes into .venv.

ARGS =
TODAY =
BROWSER = yes
SOAK =
BIN = .venv/bin

.PHONY: help demo test check types lint imports schemas workflows plan soak bench lower-bounds clean

help:
	@echo 'make demo         a sample repository with a plan and its history, in demo/ (TODAY=2027-02-22, ARGS=...)'
	@echo 'make test         all tests, in a browser too (BROWSER=no leaves those out, ARGS=... goes to pytest)'
	@echo 'make check        types, lint, imports, schemas, workflows and our own plan'
	@echo 'make soak         the tests that take long (SOAK=short for a taste)'
	@echo 'make bench        side by side with git and other peers (ARGS=--quick for a taste)'
	@echo 'make lower-bounds the tests with the oldest versions that we allow'
	@echo 'make clean        removes what make made'

demo: .venv/.run
	$(BIN)/milepost demo demo $(if $(TODAY),--today $(TODAY)) $(ARGS)

test: .venv/.test
	@if [ '$(BROWSER)' = no ]; then set -- -m 'not browser'; \
	else MILEPOST_CHROMIUM=$$(sh .ci/chromium.sh) || exit 1; export MILEPOST_CHROMIUM; set --; fi; \
	echo "pytest $$* $(ARGS)"; exec $(BIN)/python -m pytest "$$@" $(ARGS)

check: types lint imports schemas workflows plan

types: .venv/.check
	$(BIN)/python -m mypy

lint: .venv/.check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

imports: .venv/.check
	$(BIN)/lint-imports

schemas: .venv/.check
	$(BIN)/check-jsonschema --check-metaschema schemas/*.schema.json

workflows: .venv/.check
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/actionlint
	$(BIN)/zizmor --offline --no-progress --persona auditor .github

plan: .venv/.run
	$(BIN)/milepost check

soak: .venv/.test
	MILEPOST_SOAK=$(SOAK) $(BIN)/python -m pytest -m soak $(ARGS) || [ $$? -eq 5 ] # 5: nothing is that long yet

bench: .venv/.check
	$(BIN)/python bench/history/run.py $(ARGS)
	$(BIN)/python bench/history/diff.py $(ARGS)
	$(BIN)/python bench/history/peers.py $(ARGS)
	$(BIN)/python bench/history/walk.py $(ARGS)
	$(BIN)/python bench/check/run.py $(ARGS)
	$(BIN)/python bench/edit/run.py $(ARGS)
	$(BIN)/python bench/forecast/run.py $(ARGS)
	$(BIN)/python bench/schedule/run.py $(ARGS)

lower-bounds: .venv/.check
	sh .ci/lower-bounds.sh

.venv/.run: pyproject.toml .ci/venv.sh
	@sh .ci/venv.sh
	@touch $@

.venv/.test: pyproject.toml .ci/venv.sh
	@sh .ci/venv.sh test
	@touch $@ .venv/.run

.venv/.check: pyproject.toml .ci/venv.sh
	@sh .ci/venv.sh test check
	@touch $@ .venv/.test .venv/.run

clean:
	rm -rf .venv demo site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
