"""Settings of all tests, made before any of them loads torch."""

import os

# Networks this small gain nothing from a second thread; on cores that others use they lose much by it.
os.environ.setdefault("OMP_NUM_THREADS", "1")
