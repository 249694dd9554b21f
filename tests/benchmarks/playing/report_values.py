"""Arithmetic with values that may be missing."""


def difference(after: float | None, before: float | None) -> float | None:
    """None when either is missing."""
    return None if after is None or before is None else after - before


def ratio(value: float | None, base: float | None) -> float | None:
    """None when either is missing or there is nothing to divide by."""
    return None if value is None or not base else value / base
