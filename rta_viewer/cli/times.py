"""``--from``, ``--to``, ``--at`` and ``--tz``."""

import argparse
from datetime import tzinfo

from rta_viewer.core.spans import Span
from rta_viewer.core.timetext import ThisComputersZone, find_zone, parse_instant
from rta_viewer.errors import UsageError

_FORM = "ISO 8601 (2025-10-24T10:00:00Z), or local (2025-10-24 12:00) in the zone of --tz"


def add_zone(parser: argparse.ArgumentParser) -> None:
    """``--tz``."""
    parser.add_argument(
        "--tz",
        metavar="ZONE",
        help="IANA zone of times without offset; this computer's if not given",
    )


def add_span(parser: argparse.ArgumentParser) -> None:
    """``--from``, ``--to`` and ``--tz``."""
    parser.add_argument("--from", dest="start", metavar="TIME", required=True, help=_FORM)
    parser.add_argument("--to", dest="end", metavar="TIME", required=True, help=_FORM)
    add_zone(parser)


def add_instant(parser: argparse.ArgumentParser) -> None:
    """``--at`` and ``--tz``."""
    parser.add_argument("--at", dest="at", metavar="TIME", required=True, help=_FORM)
    add_zone(parser)


def zone_of(args: argparse.Namespace) -> tzinfo | None:
    """The zone that was asked for; None is this computer's. Raises UsageError."""
    return None if args.tz is None else find_zone(args.tz)


def naming_zone(zone: tzinfo | None) -> tzinfo:
    """Whose wall clock the names of files use, where :func:`zone_of` found ``zone``."""
    return zone or ThisComputersZone()


def span_of(args: argparse.Namespace) -> Span:
    """The asked span; raises UsageError."""
    zone = zone_of(args)
    start_ms, end_ms = parse_instant(args.start, zone), parse_instant(args.end, zone)
    if end_ms <= start_ms:
        raise UsageError("--to is not later than --from.", "Give the earlier time to --from.")
    return Span(start_ms, end_ms)


def instant_of(args: argparse.Namespace) -> int:
    """The asked instant, milliseconds UTC; raises UsageError."""
    return parse_instant(args.at, zone_of(args))
