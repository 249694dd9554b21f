"""Signing in to a recording server."""
