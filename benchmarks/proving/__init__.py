"""The parts of benchmarks.team."""
