"""Adds the prices of the command line up: `python3 -m app 1.10 2.20`."""

import logging
import sys
from decimal import Decimal

from app.invoices import total
from app.telemetry import JsonFormatter, logger


def main(words: list[str]) -> int:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    sys.stdout.write(f"{total([Decimal(word) for word in words])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
