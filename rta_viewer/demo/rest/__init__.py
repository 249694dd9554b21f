"""The REST side of the embedded recording server: HTTP/1.1 on the standard library."""
