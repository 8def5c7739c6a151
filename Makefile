# make demo   install, ingest the sample articles, show who said what
# make serve  browse db/quotes.db in a web browser
# make test   lint, types and tests, in an environment of their own
# make faults the tests of ingest under faults at full length (kill -9 twenty times, full disk …)
# make docs   write the generated documentation anew

PYTHON ?= python3
DATABASE ?= db/quotes.db

.PHONY: demo serve test faults lint docs clean

demo: .venv/.installed
	@.venv/bin/quotetrack ingest -d $(DATABASE) samples
	@echo
	@.venv/bin/quotetrack speakers -d $(DATABASE) --limit 15 --quotations 3
	@echo
	@echo "The database is $(DATABASE). To browse it: make serve"

serve: .venv/.installed
	@.venv/bin/quotetrack serve -d $(DATABASE)

test: lint
	.venv-test/bin/pytest

faults: .venv-test/.installed
	QUOTETRACK_TEST_ARTICLES=1000 QUOTETRACK_TEST_KILLS=20 .venv-test/bin/pytest tests/test_ingest_faults.py -v

lint: .venv-test/.installed
	.venv-test/bin/ruff check .
	.venv-test/bin/ruff format --check .
	.venv-test/bin/mypy

docs: .venv-test/.installed
	.venv-test/bin/python docs/generate.py

clean:
	rm -rf .venv .venv-test .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist *.egg-info

.venv/.installed: pyproject.toml
	@echo "Installing into .venv (once; a minute or two)"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --editable .
	@touch $@

.venv-test/.installed: pyproject.toml
	@echo "Installing into .venv-test (once; a minute or two)"
	@test -x .venv-test/bin/python || $(PYTHON) -m venv .venv-test
	@.venv-test/bin/python -m pip install --quiet "pip>=25.1"
	@.venv-test/bin/python -m pip install --quiet --editable . --group dev
	@touch $@
