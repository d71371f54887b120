import contextlib
import io
import json
import unittest

from app.__main__ import main


class MainTest(unittest.TestCase):
    def test_logs_json_with_both_ids(self) -> None:
        with (
            contextlib.redirect_stdout(io.StringIO()) as said,
            contextlib.redirect_stderr(io.StringIO()) as logged,
        ):
            self.assertEqual(main(["1.10", "2.20"]), 0)
        self.assertEqual(said.getvalue(), "3.30\n")
        self.assertLessEqual(
            {"request_id", "call_id"}, set(json.loads(logged.getvalue()))
        )
