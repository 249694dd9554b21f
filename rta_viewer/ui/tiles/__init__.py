"""The tiles: pictures, and what the operator must know about each."""
