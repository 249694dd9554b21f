"""Saved files in the window: opened without a server, shown like cameras."""
