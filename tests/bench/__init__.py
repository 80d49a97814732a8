"""Benchmarks: `python -m tests.bench.run` prints one table. What the figures mean is in `docs/performance.md`."""
