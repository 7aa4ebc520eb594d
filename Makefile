# Every check that CI makes is `make test`. The scripts say why they do what they do.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# The first build is what a newcomer waits for. gin without MessagePack, which nothing here speaks, spares it half a minute, and SQLite's
# 250,000 lines of C without debug information a quarter. Everything is built alike, so that what one step has compiled serves the next.
export GOFLAGS := $(strip $(GOFLAGS) -tags=nomsgpack)
export CGO_CFLAGS ?= -O2 -g0

space := $(subst ,, )

# Each step's output stays in order and below its heading.
step := @scripts/step.sh

VERSION = $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

# Where `make bench` looks, and for what: make bench BENCH=Cover BENCH_PACKAGES=./geo
BENCH ?= .
BENCH_PACKAGES ?= ./geo/... ./index/... ./store/...

.PHONY: help
help: ## Print this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

.PHONY: build
build: ## Build bin/corner
	go build -ldflags '-X main.version=$(VERSION)' -o bin/corner ./cmd/corner

.PHONY: test
test: export CORNER_TEST_UNMEASURED = $(CURDIR)/bin/unmeasured
test: ## Run everything CI runs, against the real servers (installs them if need be)
	@mkdir -p bin && : >'$(CORNER_TEST_UNMEASURED)'
	$(step) 'Install the engines and the linter' scripts/install.sh
	$(step) 'Versions' $(MAKE) versions
	$(step) 'Vet' go vet ./...
	$(step) 'Lint' scripts/lint.sh run ./...
	$(step) 'Under the engines' scripts/engines.sh run -- $(MAKE) under-engines
	$(step) 'Lint the OpenAPI document' scripts/openapi-lint.sh api/openapi.json
	$(step) 'Look for known vulnerabilities' scripts/vulnerabilities.sh
	$(step) 'Ask the API all sorts of things' scripts/schemathesis.sh
	@scripts/unmeasured.sh '$(CORNER_TEST_UNMEASURED)'

.PHONY: versions
versions:
	@go version
	@scripts/engines.sh versions

# Tests that compute more than they race: thousands of answers held against the law, towns that settle. The race detector makes them four times
# as slow, so of these it watches only RACING, what runs many goroutines; everything else runs under it.
COMPUTING := index/esindex index/memindex internal/town internal/recall
RACING := TestPutWhileRebuilding|TestPutsUnderRebuilds|TestTwoRebuilds|TestDeadRebuild|TestManyPuts|TestJoiningApart|TestLife|TestServerGoesAway
RACING := $(RACING)|TestContract/(Concurrent|PagesWhilePut|Rebuild)|TestIndex/.*/(Concurrent|PagesWhilePut|Rebuild)|TestIndex/(Concurrent|PagesWhilePut|Rebuild)

# The part of `make test` that wants the engines running. CORNER_TEST_REQUIRE=all makes a test that finds no server fail rather than skip.
.PHONY: under-engines
under-engines: export CORNER_TEST_REQUIRE = all
under-engines:
	$(step) 'Test for races' go test -race -count=1 -timeout=30m $$(go list ./... | grep -vE '/($(subst $(space),|,$(COMPUTING)))$$')
	$(step) 'Test for races what computes' go test -race -count=1 -timeout=30m -run='$(RACING)' $(addprefix ./,$(COMPUTING))
	$(step) 'Test what computes' go test -count=1 -timeout=30m $(addprefix ./,$(COMPUTING))
	$(step) 'Take the tour of the README' scripts/tour.sh

.PHONY: check
check: ## Format, vet, lint, unit and contract tests on what is embedded: for while one works
	$(step) 'Vet' go vet ./...
	$(step) 'Lint and format' scripts/lint.sh run ./...
	$(step) 'Test what is embedded' $(MAKE) unit UNIT="$$(go list ./... | grep -v internal/cornertest | xargs)"

# What `make unit` tests. The end-to-end tests of internal/cornertest take longer than all others together.
UNIT ?= ./...

.PHONY: unit
unit: ## Run the tests on the embedded implementations only; needs nothing but Go and a C compiler
	env -u CORNER_TEST_REQUIRE -u CORNER_TEST_POSTGRES -u CORNER_TEST_REDIS -u CORNER_TEST_ELASTICSEARCH \
		-u CORNER_TEST_OPENSEARCH go test $(UNIT)

.PHONY: bench
bench: ## Run the benchmarks of what users wait on, against the real servers
	@scripts/engines.sh install
	scripts/engines.sh run -- go test -run='^$$' -bench='$(BENCH)' -benchmem -timeout=60m $(BENCH_PACKAGES)

.PHONY: lint
lint: ## Run the linters
	go vet ./...
	scripts/lint.sh run ./...

.PHONY: fmt
fmt: ## Format the code
	scripts/lint.sh fmt ./...

.PHONY: clean
clean: ## Remove what was built; what is shared by several clones stays
	rm -rf bin
