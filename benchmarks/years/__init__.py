"""What a desk has after years: filled, and measured (`python -m benchmarks.years --help`)."""
