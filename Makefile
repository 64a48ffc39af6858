# Needs Python 3.11 or newer, git and make; everything else is installed into .venv/ from uv.lock.
UV_VERSION := 0.13.9
PYTHON ?= python3
UV := .uv/bin/uv
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export DVC_NO_ANALYTICS := 1
export CHROMIUM = $(firstword $(shell which chromium chromium-browser google-chrome 2>/dev/null))

.PHONY: articles repro test test-browser screenshots format study docs benchmark speed browser verify setup

repro: setup
	dvc repro

test: setup
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	pytest
	@echo "The pages in a browser are not among these: make test-browser"

test-browser: browser
	pytest tests/browser -m browser -n 0
	python -m benchmarks.long_page

# The pictures of the pages in docs/screenshots
PAIR := left-09
screenshots: browser
	python -m pipeline compare seeds/corpus/$(PAIR).txt seeds/corpus/$(PAIR).v2.txt --out data/comparison.json \
	  --html data/comparison.html
	python -m tests.browser.screenshots reports data/comparison.html docs/screenshots

browser: setup
	@test -n "$(CHROMIUM)" || { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; } || \
	  { echo "There is no Chromium here and it cannot be installed: put one on the PATH." >&2; exit 1; }
	$(UV) sync --locked --quiet --group browser

format: setup
	ruff check --fix .
	ruff format .

benchmark: setup
	python -m pipeline benchmark --corpora $(CORPORA) --mappings labels/mappings --models models \
	  --train data/train.parquet --out-of-fold data/out_of_fold \
	  --rules labels/rules.yaml --scheme labels/scheme.yaml --params params.yaml \
	  --out metrics/public --trained metrics/public/table1

# How fast it is, on this machine: benchmarks/speed.json, which docs/speed.md tells
speed: setup
	$(UV) sync --locked --quiet --group speed
	python -m benchmarks.speed

# What takes long, some of it with the public corpora: figures for docs/corpus.md and docs/results.md
study: setup
	dvc repro studies/dvc.yaml
	python -m pipeline texture --parts data/train.parquet --parts data/test.parquet \
	  --annotations labels/gold/first.jsonl --corpora $(CORPORA) \
	  --mappings labels/mappings --scheme labels/scheme.yaml --out metrics/corpus/texture.json
	python -m pipeline people --answers labels/people --blind labels/people/blind/choices.jsonl --corpora $(CORPORA) --mappings labels/mappings \
	  --scheme labels/scheme.yaml --out metrics/corpus/people.json
	python -m pipeline transfer-curve --parts data/train.parquet --parts data/test.parquet --corpora $(CORPORA) \
	  --mappings labels/mappings --rules labels/rules.yaml --scheme labels/scheme.yaml --params params.yaml \
	  --out metrics/corpus/curve.json

articles: setup
	python -m pipeline compare $(SOURCE) $(VERSION) --out data/articles.json --gold labels/versions/articles \
	  --agreement metrics/corpus/articles.json

docs: setup
	python -m pipeline document README.md docs/corpus.md docs/results.md docs/checklist.md docs/model-info.md \
	  docs/speed.md docs/versions.md models/README.md --metrics metrics --models models --speed benchmarks/speed.json \
	  --targets benchmarks/transfer_targets.json --chart docs/figures/f1.svg \
	  --curve docs/figures/transfer-curve.svg

verify: repro
	python -m pipeline verify --metrics metrics

setup: .venv/.installed

.venv/.installed: uv.lock pyproject.toml | $(UV)
	$(UV) sync --locked --quiet
	touch $@

$(UV):
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
