"""Words per second of the whole job, and where the time goes: `python -m benchmarks.speed`."""
