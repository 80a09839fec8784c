# Needs Python 3.11 or newer and make, on Linux or macOS. Each target makes its own environment in .venv and renews it
# when pyproject.toml has changed.
#   make run     extract the sample pages, offline, and show where the dataset lies
#   make test    all tests
#   make check   lint, format, types
#   make bench   start-up time, milliseconds a page, and where they go; what fetching and the state cost
#   make torture kill a growing job a thousand times, and count what it has in the end (a quarter of an hour)
#   make clean   remove what the others made

VENV ?= .venv
EXTRAS ?= dev
comma := ,
BIN := $(VENV)/bin
HASH := $(shell cksum < pyproject.toml | cut -d' ' -f1)
USER_STAMP := $(VENV)/stamp-run-$(HASH)
DEV_STAMP := $(VENV)/stamp-$(subst $(comma),-,$(EXTRAS))-$(HASH)

.PHONY: run test check bench torture clean

run: $(USER_STAMP)
	@$(BIN)/scraper run data/jobs/samples.toml
	@$(BIN)/python -m tests.readme out/samples.jsonl
	@echo "This is the first record of out/samples.jsonl (cut at each …); what is no article stands in out/samples.failures.jsonl."

test: $(DEV_STAMP)
	@$(BIN)/python -m pytest $(ARGS)

check: $(DEV_STAMP)
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	exit $$status

bench: $(DEV_STAMP)
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_fetch
	@$(BIN)/python -m tests.bench_state
	@$(BIN)/python -m scraper.gold.bench

torture: $(DEV_STAMP)
	@$(BIN)/python -m tests.torture $(ARGS)

clean:
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(DEV_STAMP):
	@.ci/venv $(VENV) "[$(EXTRAS)]"
	@touch $(DEV_STAMP) $(USER_STAMP)

$(USER_STAMP):
	@.ci/venv $(VENV) ""
	@touch $(USER_STAMP)
