# make demo: train on drawn images and show the mistakes    make test: run all notebooks as tests
# make slow: the long tests                                 make docs: build docs/ and README.md
# make check: ruff and pyright                              make figures: measure the code
# make hooks: git checks and merges notebooks               make clean: take away all that was made
PYTHON  ?= python3
VENV    ?= .venv
WORKERS ?= 2
BIN     := $(abspath $(VENV))/bin
QUIET    = NO_ALBUMENTATIONS_UPDATE=1 MPLBACKEND=agg
TEST     = $(QUIET) $(BIN)/python nbs/_site/test.py
NBS     := $(shell find nbs -name '*.ipynb' -not -path '*/_*' -not -path '*/.*')
PIP      = $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: demo test slow check docs figures notebooks hooks clean
.DELETE_ON_ERROR:

# A virtual environment with eva9 in it; made anew when its requirements change.
$(VENV)/made: settings.ini setup.py
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --editable .
	touch $@

# The same with the tools that test and document.
$(VENV)/made-dev: $(VENV)/made
	$(PIP) --editable '.[dev]'
	touch $@

demo: $(VENV)/made
	rm -rf runs/demo
	$(BIN)/eva9_train --data shapes --out runs/demo
	@echo "Open runs/demo/report.html in a browser: how good it is, where it is wrong, and why."

# All notebooks, two at a time; its last lines say what is left to `make slow`.
test: $(VENV)/made-dev
	$(TEST) --workers $(WORKERS)

# The tests that need minutes, such as two hundred kills, or a browser (Chromium) for the report.
slow: $(VENV)/made-dev
	$(TEST) --flags slow --marked

# The style of the code, its types, and the types of code that uses it.
check: $(VENV)/made-dev
	$(BIN)/ruff check nbs eva9
	$(BIN)/ruff format --check nbs
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/python nbs/_site/typed.py

docs: $(VENV)/made-dev
	$(BIN)/python nbs/_site/build.py

# Lines, functions, names, findings; nbs/_site/measure.py --time adds the seconds of the commands.
figures: $(VENV)/made-dev
	$(BIN)/python nbs/_site/measure.py

# Run notebooks and keep their outputs: make notebooks NBS=nbs/01_transforms/00_policies.ipynb
# The second pass keeps of each progress bar only what it showed at last.
NBCONVERT = $(QUIET) $(BIN)/jupyter nbconvert --log-level WARN --to notebook --inplace
EXECUTE   = --execute --ExecutePreprocessor.timeout=-1 --ExecutePreprocessor.record_timing=False
notebooks: $(VENV)/made-dev
	$(NBCONVERT) $(EXECUTE) $(NBS)
	$(NBCONVERT) --CoalesceStreamsPreprocessor.enabled=True $(NBS)
	$(BIN)/nbdev_clean

# Before each commit: .pre-commit-config.yaml. When two change a notebook: nbdev's merge driver.
hooks: $(VENV)/made-dev
	$(PIP) pre-commit
	$(BIN)/pre-commit install
	git config merge.nbdev-merge.name 'merge notebooks cell by cell'
	git config merge.nbdev-merge.driver '$(BIN)/nbdev_merge %O %A %B %P'

clean:
	rm -rf .venv _src runs/demo build dist *.egg-info
