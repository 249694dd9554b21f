"""Receipts: what a saved file is, where it came from, and whether it is still the same."""
