"""Saving the cut as a file."""
