"""Logs, spans and the metric of latency: one JSON object per line, in ASCII."""

import json
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

request_id: ContextVar[str] = ContextVar("request_id", default="-")
call_id: ContextVar[str] = ContextVar("call_id", default="-")

logger = logging.getLogger("invoices")


class JsonFormatter(logging.Formatter):
    """Adds the ids of the request and of the call to every line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "level": record.levelname,
            "event": record.getMessage(),
            "request_id": request_id.get(),
            "call_id": call_id.get(),
        }
        return json.dumps(line, ensure_ascii=True)


class Histogram:
    """How long calls took, in milliseconds, by the name of what was called."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[str, list[float]] = {}

    def record(self, span: str, value: float) -> None:
        self.values.setdefault(span, []).append(value)


latency = Histogram("invoices.duration_ms")


def traced(span: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a span of each call."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            started = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                latency.record(span, (time.perf_counter() - started) * 1_000)

        return call

    return decorate
