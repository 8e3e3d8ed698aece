# SeloraX Sandbox. `make` alone lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help

MODULES  := platform dashboard sampleapp e2e
PROGRAMS := platform dashboard sampleapp sx
VERSION  := $(shell git describe --always --dirty 2>/dev/null || echo dev)
GOBUILD  := CGO_ENABLED=1 go build -trimpath -ldflags '-X main.version=$(VERSION)'
DATA     ?= data
ORDERS   ?= 100000

# The packages of the four programs.
platform_pkg  := ./platform/cmd/platform
dashboard_pkg := ./dashboard/cmd/dashboard
sampleapp_pkg := ./sampleapp/cmd/sampleapp
sx_pkg        := ./platform/cmd/sx

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## Check the tools, install Chromium where that is possible
	@scripts/setup

.PHONY: build
build: $(PROGRAMS) ## Build platform, dashboard, sampleapp and sx into bin/

.PHONY: $(PROGRAMS)
$(PROGRAMS):
	@mkdir -p bin
	$(GOBUILD) -o bin/$@ $($@_pkg)

.PHONY: images
images: ## Build the container images of the three servers
	@scripts/images '$(VERSION)'

.PHONY: dev
dev: setup build ## Build and run everything; Ctrl-C stops it
	@bin/sx up --data '$(DATA)'

.PHONY: test
test: setup ## Run every test with the race detector, the browser journeys too
	go test -race -timeout 20m work

.PHONY: test-postgres
test-postgres: setup ## Run the platform's tests and a browser journey on PostgreSQL
	scripts/postgres bash -c 'go test -race -count=1 -timeout 10m ./platform/... && scripts/e2e -race -run OnPostgres'

.PHONY: soak
soak: ## Kill the platform 200 times under load, on both engines, and look whether anything is lost
	TEST_KILLS=200 go test -count=1 -timeout 15m -v -run TestKillsUnderLoad ./platform/cmd/platform
	TEST_KILLS=200 scripts/postgres go test -count=1 -timeout 15m -v -run TestKillsUnderLoad ./platform/cmd/platform

.PHONY: test-containers
test-containers: setup ## Build the images and run a browser journey on them, with Docker
	REQUIRE_DOCKER=1 scripts/docker bash -c 'scripts/images $(VERSION) && scripts/e2e -run InContainers'

.PHONY: audit
audit: setup ## Run axe-core over every page, in both themes and widths, with npm
	@scripts/audit

.PHONY: e2e
e2e: setup ## Run the browser journeys alone, one line a step
	@scripts/e2e

.PHONY: bench
bench: ## Run the benchmarks
	go test -run '^$$' -bench . -benchmem work

.PHONY: speed
speed: setup ## Measure every page with ORDERS orders more (100000): server time and first paint
	cd e2e && SPEED_ORDERS=$(ORDERS) go test -count=1 -timeout 30m -run TestSpeed

.PHONY: lint
lint: ## gofmt, go vet and staticcheck
	@scripts/lint

.PHONY: fmt
fmt: ## Format the Go code
	gofmt -w $(MODULES)

.PHONY: reset
reset: sx ## Delete the sandbox's data
	@scripts/reset '$(DATA)'
