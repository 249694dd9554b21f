"""The list of files on their way."""
