# Every verb does its own set-up on a fresh machine with Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The bedside speaker's engines: 250 MB that nothing else needs.
LISTEN := .venv-listen
RUN := $(BIN)/python -m workshop.cli
ARGS ?=
# One more than there are processors: many tests wait, for a browser or for a store that hangs.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) + 1)
HOSTILE ?= 20000
# Home Assistant has an environment of its own: it pins what nearly everything else is, and the Python that runs it.
HOUSE := .venv-home-assistant
PYTHON313 ?= python3.13
# Ends a verb, named by itself, where Node.js is not to be had.
define NODE
@command -v node >/dev/null && command -v npm >/dev/null || { echo "make $@: expected Node.js 18 or later with npm, found none. Hint: install it (Debian: apt install nodejs npm), then run make $@ again" >&2; exit 1; }
@[ "$$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] || { echo "make $@: expected Node.js 18 or later, found $$(node -v). Hint: install a newer one" >&2; exit 1; }
endef

.PHONY: talk ask listen test web check review fold models bundle peers bench screens pictures lint understand triage audit soak load document home-assistant requirements clean help

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

# The ear like Alexa trains a classifier, which only those who work on the project need.
talk: $(VENV)/$(if $(findstring alexa,$(ARGS)),.dev,.run)  ## talk to the coach in the terminal (ARGS="--fast --json --voice --locale en-GB --ear alexa")
	@$(RUN) talk $(ARGS)

ask: $(VENV)/.run  ## ask one thing (ARGS="does magnesium help --sources")
	@$(RUN) ask $(ARGS)

listen: $(LISTEN)/.listen  ## a bedside speaker: the microphone is open in the hold (ARGS="--mic night.wav --out spoken.wav --json")
	@$(LISTEN)/bin/python -m workshop.cli listen $(ARGS)

test: $(VENV)/.dev  ## all Python tests (PYTHON=python3.13 VENV=.venv-3.13 for those on another interpreter)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

web: $(VENV)/.web  ## the HTTPS endpoint and the bedside page, on loopback
	@$(RUN) web $(ARGS)

check: $(VENV)/.dev  ## content, sentences and models: every fault at once
	@$(RUN) check $(ARGS)
	@$(BIN)/cfn-lint --template lambda/template.yaml && echo "infrastructure: no faults"

review: $(VENV)/.dev  ## what nobody has accepted (ARGS="remedies.heat --as NAME --role ROLE" accepts)
	@$(RUN) review $(ARGS)

fold: $(VENV)/.dev  ## fold the long lines of the content
	@$(RUN) fold

models: $(VENV)/.dev  ## write interaction_models/*.json
	@$(RUN) models

bundle: $(VENV)/.dev  ## build/: an ASK CLI project and lambda.zip (PYTHON=python3.13 for that interpreter's bytecode)
	@$(BIN)/python -m workshop.bundle.lambda_zip --python $(PYTHON) $(ARGS)

# `make bench ARGS=listen` measures the bedside speaker instead, in its own environment.
ifeq ($(firstword $(ARGS)),listen)
bench: $(LISTEN)/.listen
	@$(LISTEN)/bin/python -m workshop.bench.listen_bench $(wordlist 2,99,$(ARGS))
else
bench: $(VENV)/.dev  ## the figures beside Amazon's hello world; writes docs/performance.md (ARGS="--python python3.13", ARGS=listen)
	@$(BIN)/python -m workshop.bench.lambda_bench $(ARGS)
endif

screens: $(VENV)/.dev  ## every screen, drawn by Amazon's renderer in Chromium (Node.js 18 or later, Chromium)
	$(NODE)
	@cd workshop/screens && npm ci --ignore-scripts --silent
	@$(BIN)/python -m workshop.screens.render_check

pictures: $(VENV)/.dev  ## the pictures in the documents, small; and large ones to build/ (Node.js, Chromium)
	$(NODE)
	@cd workshop/screens && npm ci --ignore-scripts --silent
	@$(BIN)/python -m workshop.screens.sheet
	@$(BIN)/python -m tests.endpoint.browser.screenshots

peers: $(VENV)/.dev  ## what other people's checkers say (Node.js 18 or later)
	$(NODE)
	@cd workshop/peers && npm ci --ignore-scripts --silent
	@PYTHON="$(abspath $(BIN)/python)" node workshop/peers/check.mjs

load: $(VENV)/.dev  ## signed requests at the endpoint, beside hello world (ARGS="--write docs/load.md")
	@$(BIN)/python -m tests.load $(ARGS)

understand: $(VENV)/.dev  ## how much of what people say is understood; writes docs/understanding.md
	@$(RUN) understand

audit: $(VENV)/.dev  ## what is pinned, held against published advisories (ARGS=a clone of pypa/advisory-database)
	@$(BIN)/python requirements/audit.py $(ARGS)

soak: $(VENV)/.dev  ## 100,000 turns: no fault, no growth in memory (ARGS=1000 for fewer)
	@$(BIN)/python -m tests.soak.soak $(ARGS)
	@$(BIN)/python -m tests.lambda.hostile $(HOSTILE)

document: $(VENV)/.dev  ## write the documents that are generated from the content
	@$(RUN) document

triage: $(VENV)/.dev  ## how well danger is told from cramp; writes docs/triage.md
	@$(BIN)/python -m workshop.triage

lint: $(VENV)/.dev  ## ruff, mypy --strict, yamllint; and of the documents, Markdown and links (Node.js 18 or later)
	@$(BIN)/ruff check .
	@$(BIN)/yamllint --strict .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	$(NODE)
	@cd workshop/prose && { [ node_modules -nt package-lock.json ] || { npm ci --ignore-scripts --silent && touch node_modules; }; }
	@workshop/prose/node_modules/.bin/remark --rc-path workshop/prose/.remarkrc.json --ignore-path .gitignore \
	  --no-stdout --frail --quiet .

home-assistant: $(HOUSE)/.ready  ## a night in a real Home Assistant (Python 3.13, ffmpeg, espeak-ng)
	@$(HOUSE)/bin/python -m pytest -p no:cacheprovider -n 2 --dist loadfile home_assistant/tests $(ARGS)

requirements:  ## pin and hash the requirement files again (needs uv)
	@requirements/compile

clean:  ## remove what the verbs made
	@rm -rf $(VENV) .venv-* $(LISTEN) build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# One environment; each file of pins is a superset of the one before. What was interrupted is made anew.
SET_UP = @command -v $(PYTHON) >/dev/null || { echo "make: expected Python 3.11 or later as $(PYTHON), found none. Hint: make PYTHON=python3.12" >&2; exit 1; }; \
	$(PYTHON) requirements/set_up.py $(VENV)

$(VENV)/.run: requirements/run.txt
	$(SET_UP) run $(MAKECMDGOALS)

$(VENV)/.web: requirements/web.txt
	$(SET_UP) web $(MAKECMDGOALS)

$(VENV)/.dev: requirements/dev.txt
	$(SET_UP) dev $(MAKECMDGOALS)

$(LISTEN)/.listen: requirements/listen.txt
	@[ -x $(LISTEN)/bin/python ] || echo "make listen: fetching what hears and speaks, once (about 100 MB)" >&2
	@[ -x $(LISTEN)/bin/python ] || $(PYTHON) -m venv $(LISTEN) || { echo "expected Python with venv, found none. Hint: apt install python3-venv" >&2; exit 1; }
	@$(LISTEN)/bin/python -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"expected Python 3.11 or later, found {v.major}.{v.minor}. Hint: make PYTHON=python3.12 listen")'
	@$(LISTEN)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/listen.txt
	@touch $@

# Home Assistant 2025.4 is the newest that runs on every Python 3.13; a version manager may have one off the path.
$(HOUSE)/.ready: requirements/home-assistant.txt
	@found=; for python in $(PYTHON313) $(PYTHON) "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.13.*/bin/python; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null && found="$$python" && break; \
	done; \
	[ -n "$$found" ] || { echo "make home-assistant: expected Python 3.13, found none. Hint: make home-assistant PYTHON313=/path/to/python3.13" >&2; exit 1; }; \
	"$$found" -m venv $(HOUSE)
	@$(HOUSE)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/home-assistant.txt
	@touch $@
