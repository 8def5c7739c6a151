"""Accuracy against gold standards: `python -m benchmarks.accuracy`."""
