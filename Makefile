# make demo: train on drawn pictures and show the mistakes    make test: run all notebooks as tests
# make slow: the long tests                                   make docs: build docs/ and README.md from the notebooks
# make clean: take away all that was made
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(abspath $(VENV))/bin
TEST   = NO_ALBUMENTATIONS_UPDATE=1 MPLBACKEND=agg $(BIN)/python nbs/_site/test.py
NBS    := $(shell find nbs -name '*.ipynb' -not -path '*/_*' -not -path '*/.*')

.PHONY: demo test slow docs notebooks clean
.DELETE_ON_ERROR:

# A virtual environment with eva9 in it; made anew when its requirements change.
$(VENV)/made: settings.ini setup.py
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

# The same with the tools that test and document.
$(VENV)/made-dev: $(VENV)/made
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/made
	rm -rf runs/demo
	$(BIN)/eva9_train --data shapes --out runs/demo
	@echo "Open runs/demo/report.html in a browser: how good it is, where it is wrong, and what it looked at."

test: $(VENV)/made-dev
	$(TEST)

# The tests that need minutes, such as two hundred kills, or a browser (Chromium): the report in it.
slow: $(VENV)/made-dev
	$(TEST) --flags slow --path nbs/tests
	$(TEST) --flags slow --path nbs/05_report.ipynb

docs: $(VENV)/made-dev
	$(BIN)/python nbs/_site/build.py

# Run notebooks and keep their outputs: make notebooks NBS=nbs/05_interpret.ipynb
# The second pass keeps of each progress bar only what it showed at last.
NBCONVERT = $(BIN)/jupyter nbconvert --log-level WARN --to notebook --inplace
notebooks: $(VENV)/made-dev
	$(NBCONVERT) --execute --ExecutePreprocessor.timeout=-1 --ExecutePreprocessor.record_timing=False $(NBS)
	$(NBCONVERT) --CoalesceStreamsPreprocessor.enabled=True $(NBS)
	$(BIN)/nbdev_clean

clean:
	rm -rf .venv _proc _src runs/demo build dist *.egg-info
