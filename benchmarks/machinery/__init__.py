"""What several benchmarks share: servers, payloads, filled databases."""
