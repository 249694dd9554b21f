"""The embedded recording server: a whole site that can be tried, developed against and tested with.

Shares values (``core``) and errors with the viewer, never its client code: a server that used the client's
parsers would hide mistakes on the wire.
"""
