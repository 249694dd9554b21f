"""Turns footage into one file: stitched as recorded where possible, re-encoded where the request wants it.

Two calls, :func:`package` and :func:`estimate`; both are safe from several threads at once.
"""

from rta_viewer.demo.packaging.packager import estimate, package

__all__ = ["estimate", "package"]
