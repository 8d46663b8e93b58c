# Needs Python, make and a package registry; everything else goes into .venv. Only versions with which the tests were
# seen to pass, see CONTRIBUTING.md; another one is tried with `make PYTHON=…`.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12), (3, 13)))' 2>/dev/null && echo $$p && break; done)
empty =
space = $(empty) $(empty)
comma = ,
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps
# A folder made by `make wheelhouse`, where there is no package registry: make env WHEELS=wheelhouse
WHEELS ?=
OFFLINE = $(if $(WHEELS),--no-index --find-links $(abspath $(WHEELS)))

.PHONY: run demo tour env dev test read run-tests test-postgresql quick long torture format bench mutate coverage release lock wheelhouse pictures docs clean

run: env
	@exec .venv/bin/pxtui

demo: env
	@exec .venv/bin/pxtui demo

tour: env
	@exec .venv/bin/pxtui tour

env: .venv/ready
dev: .venv/ready-dev

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.13 is needed / 需要 Python 3.11 至 3.13"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: requirements.txt pyproject.toml | .venv/bin/python
	$(PIP) $(OFFLINE) --require-hashes -r requirements.txt
	$(PIP) $(OFFLINE) --no-build-isolation --editable .
	@.venv/bin/python -m compileall -q pxtui screens db
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

# Types and tests beside each other: mypy alone would leave a core idle.
test: dev
	@$(MAKE) --no-print-directory --jobs=2 read run-tests

read: dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Assertions as pytest rewrites them are kept, whatever the environment says: the next run begins five seconds sooner.
run-tests: dev
	PYTHONDONTWRITEBYTECODE= .venv/bin/pytest

# Every register of casework, the database, the commands, attacks and journeys on a server of PostgreSQL.
test-postgresql: dev
	PXTUI_TEST_DATABASE=postgresql .venv/bin/pytest $(addprefix tests/,casework db commands attacks journeys)

# Between two changes: no terminal, no program started, fewer examples, nothing watched that the gate watches for.
quick: dev
	.venv/bin/pytest -n 2 -p no:logging -p no:unraisableexception -p no:threadexception -m "not terminal and not slow and not long" --hypothesis-profile=quick $(addprefix tests/,policy scenarios identifiers casework papers screens)

# The whole length of what the gate has in short.
long: dev
	.venv/bin/pytest -m long
	.venv/bin/python -m tests.bench kills

# The program ended at random moments of every act: make torture, or make torture KILLS=100 HANG_UPS=20 SEED=7.
torture: dev
	.venv/bin/pytest -m long tests/torture
	.venv/bin/python -m tests.torture $(or $(KILLS),1000) $(or $(HANG_UPS),200) $(SEED)

format: dev
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: dev
	.venv/bin/python -m tests.bench

release: dev
	.venv/bin/python tools/release.py make

# Outside the gate, with tools of their own, so that the gate needs none of them. For example
# make mutate PATHS=pxtui/casework SAMPLE=200    make coverage PATHS=pxtui/casework TESTS="tests/casework tests/scenarios"
PATHS ?= pxtui/policy pxtui/identifiers screens/entry
mutate: .venv/ready-mutate
	.venv/bin/python -m tools.mutate $(PATHS) $(if $(TESTS),--tests $(TESTS)) $(if $(SAMPLE),--sample $(SAMPLE))

# In one process: pytest-xdist ends a worker ten seconds after its last test, on a busy machine before it has written
# what it saw.
coverage: .venv/ready-coverage
	.venv/bin/coverage erase
	.venv/bin/coverage run -m pytest -n 0 $(or $(TESTS),$(shell .venv/bin/python -m tools.belonging $(PATHS)))
	.venv/bin/coverage combine --quiet
	.venv/bin/coverage report --include=$(subst $(space),$(comma),$(foreach path,$(PATHS),$(path)/*))

.venv/ready-%: requirements-%.txt .venv/ready-dev
	$(PIP) --require-hashes -r $<
	@touch $@

# Whoever changes a dependency runs this once and commits both files.
lock: dev
	.venv/bin/python -m pip install --quiet uv
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate pyproject.toml --group pyproject.toml:build -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate -c requirements.txt --group pyproject.toml:dev -o requirements-dev.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate -c requirements.txt pyproject.toml --extra postgresql -o requirements-postgresql.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate -c requirements.txt -c requirements-dev.txt pyproject.toml --extra docs -o requirements-docs.txt
	for group in mutate coverage; do .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate -c requirements.txt -c requirements-dev.txt \
		--group pyproject.toml:$$group -o requirements-$$group.txt; done

# All that a machine without a registry needs: wheels for this platform with their hashes, our own, and a manifest.
# For another machine: make wheelhouse FOR="--machine aarch64 --glibc 2.28 --python 3.12"
wheelhouse: env
	.venv/bin/python tools/wheelhouse.py wheelhouse $(FOR)

# A folder that needs no Python, see deploy/README.md: make standalone INTERPRETER=/opt/pxtui/python/bin/python3.11
standalone: wheelhouse
	.venv/bin/python -m tools.standalone dist/pxtui --wheels wheelhouse --python $(INTERPRETER)

# The two of the README, of the screens as they are now; a test fails while they differ. The manual makes its own.
pictures: dev
	.venv/bin/python -m tools.manual.pictures docs/pictures

# The manual in build/manual: index.html is opened from there, or the folder is put on any web server. No network is used.
docs: .venv/ready-docs
	.venv/bin/python -m tools.manual.site build/manual-pages
	NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --strict --quiet --config-file docs/mkdocs.yml

clean:
	rm -rf .venv build dist wheelhouse .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
