"""Faults ordered from outside, one line of JSON each: for a server that runs in a process of its own.

``{"fault": "fail_next", "count": 1, "status": 503, "path": "/download"}``: the name of a method of
:class:`~rta_viewer.demo.http_faults.HttpFaults`, and its arguments.
"""

import json

from rta_viewer.demo.http_faults import HttpFaults

KNOWN = frozenset({"fail_next", "cut_body", "delay_first_byte", "drip", "clear"})


def carry_out(faults: HttpFaults, line: bytes) -> None:
    """Arm what the line says.

    Raises:
        ValueError: It makes no sense.
    """
    order = json.loads(line)
    if not isinstance(order, dict) or order.get("fault") not in KNOWN:
        msg = "not a known fault"
        raise ValueError(msg)
    name = order.pop("fault")
    try:
        getattr(faults, name)(**order)
    except TypeError as err:
        raise ValueError(str(err)) from err
