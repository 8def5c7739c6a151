"""What QuoteTrack is measured by: accuracy, speed, scale; each by a command, `python -m benchmarks.NAME`."""
