"""Prints how long a total takes, as `p99: <milliseconds> ms`.

It is the time of this thread, so that it says nothing about what else the machine does.
"""

import time
from decimal import Decimal

from app.invoices import total

PRICES = [Decimal("1.10")] * 1_000
SAMPLES = 100
PER_SAMPLE = 5


def measure() -> float:
    """Milliseconds for one total."""
    started = time.thread_time()
    for _ in range(PER_SAMPLE):
        total(PRICES)
    return (time.thread_time() - started) * 1_000 / PER_SAMPLE


times = sorted(measure() for _ in range(SAMPLES))
print(f"p99: {times[98]:.3f} ms")
