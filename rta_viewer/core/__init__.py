"""Values and rules: standard library only. No Qt, no HTTP, no files, no clock reads, no thread starts."""
