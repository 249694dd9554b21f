"""This computer: paths, settings, keyring, log, clock."""
