"""Protocol models → client types, the protocol document, golden vectors. `make generate` runs it."""
