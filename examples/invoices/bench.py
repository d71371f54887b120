"""Prints how long a total takes, as `p99: <milliseconds> ms`.

A busy machine takes longer for everything. So of several tries the quickest counts, and
the time is that of a machine which adds as many prices up, and does nothing else, in
REFERENCE_MS: that is measured along with it.
"""

import time
from collections.abc import Callable
from decimal import Decimal

from app.invoices import total

PRICES = [Decimal("1.10")] * 1_000
TOTALS = 100
TRIES = 10
REFERENCE_MS = 0.1


def add_up() -> Decimal:
    """The same work at every commit."""
    added = Decimal(0)
    for price in PRICES:
        added += max(price, Decimal(0))
    return added


def measure(work: Callable[[], object]) -> float:
    """Seconds for doing it once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def p99(times: list[float]) -> float:
    """What all but one in a hundred keep to."""
    return sorted(times)[len(times) * 99 // 100 - 1]


totals = [float("inf")] * TOTALS
references = [float("inf")] * TOTALS
for number in range(TRIES * TOTALS):
    nth = number % TOTALS
    references[nth] = min(references[nth], measure(add_up))
    totals[nth] = min(totals[nth], measure(lambda: total(PRICES)))
print(f"p99: {REFERENCE_MS * p99(totals) / p99(references):.3f} ms")
