"""What an invoice comes to."""

from collections.abc import Sequence
from decimal import Decimal

from app.telemetry import logger, traced

MAX_ITEMS = 1_000


@traced("total")
def total(prices: Sequence[Decimal]) -> Decimal:
    """The sum of at most 1000 prices, none below 0.

    Raises ValueError for more prices, or one below 0.
    """
    if len(prices) > MAX_ITEMS:
        raise ValueError(
            f"an invoice has at most {MAX_ITEMS} prices, not {len(prices)}"
        )
    if any(price < 0 for price in prices):
        raise ValueError("a price is below 0; write a credit note in its place")
    logger.info("invoice.total")
    return sum(prices, Decimal(0))
