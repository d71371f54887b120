"""Prints how long a total takes, as `p99: <milliseconds> ms`."""

import time
from decimal import Decimal

from app.invoices import total

PRICES = [Decimal("1.10")] * 1_000


def measure() -> float:
    started = time.perf_counter()
    total(PRICES)
    return (time.perf_counter() - started) * 1_000


times = sorted(measure() for _ in range(200))
print(f"p99: {times[197]:.3f} ms")
