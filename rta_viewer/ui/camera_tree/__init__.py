"""The list of cameras: groups, states, search."""
