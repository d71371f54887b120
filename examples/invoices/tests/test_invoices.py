import unittest
from decimal import Decimal

from app.invoices import MAX_ITEMS, total


class TotalTest(unittest.TestCase):
    def test_adds_prices_up(self) -> None:
        self.assertEqual(total([Decimal("1.10"), Decimal("2.20")]), Decimal("3.30"))

    def test_nothing_costs_nothing(self) -> None:
        self.assertEqual(total([]), Decimal(0))

    def test_policy_too_many_prices_are_refused(self) -> None:
        with self.assertRaises(ValueError):
            total([Decimal(1)] * (MAX_ITEMS + 1))

    def test_a_price_below_0_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            total([Decimal(-1)])
