"""The commands for people without a screen and for scripts; no Qt."""
