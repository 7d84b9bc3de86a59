# Needs a JDK 17 or newer and Maven 3.8 or newer; what the targets do is in .ci/build.
# SEEDS=n tries each property with n seeds, MVN=path takes another Maven.

MAKEFLAGS += --no-print-directory
export SEEDS MVN

.PHONY: help run test bench format clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

run: ## try it out on a simulated AWS: in Jenkins where that resolves, else in the console
	@.ci/build run

test: ## build and test: the plugin where it resolves, else its core packages alone
	@.ci/build test

bench: ## measure the procedures against their budgets
	@.ci/build bench

format: ## format the sources and sort pom.xml
	@.ci/build format

clean: ## remove what the builds made
	rm -rf target
