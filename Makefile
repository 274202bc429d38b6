# The commands of this repository. README says what each is for.

.PHONY: run test lint requirements

# Builds and serves, with the starter data in an embedded store.
run:
	cargo run --release --locked

# Installs what the tests need, and runs every check there is.
test: requirements lint
	cargo test --locked --workspace

lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- --deny warnings

requirements:
	scripts/requirements
