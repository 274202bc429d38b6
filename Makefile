# The commands of this repository. README says what each is for.

.PHONY: run test bench bench-growth lint requirements

# Builds the playground where Node.js is there or may be installed, builds the server and serves, with the starter data in an embedded store.
run:
	scripts/playground
	cargo run --release --locked

# Installs what the tests need, and runs every check there is.
test: requirements lint
	cargo test --locked --workspace

# Measures the server, above all against handlers written by hand; the results go to benches/RESULTS.md.
bench:
	cargo build --release --locked --workspace
	target/release/dealgraph-workload run --results benches/RESULTS.md
	target/release/dealgraph-workload import --rows 200000

# Measures how the cost of a query grows from scale 0.1 to 10; needs 20 GB of disk.
bench-growth:
	cargo build --release --locked --workspace
	target/release/dealgraph-workload run --parts growth --results benches/RESULTS.md

lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- --deny warnings

requirements:
	scripts/requirements
