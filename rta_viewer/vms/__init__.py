"""The recording server over HTTP: sign-in, wire format, REST client, resumable transfer."""
