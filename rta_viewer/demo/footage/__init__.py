"""Where the embedded server's pictures come from: generated on demand, or from files on disk."""
