"""Taking secrets out of words that are to be written down or shown. Any thread."""

import base64
import json
import re
from itertools import chain
from urllib.parse import quote, quote_plus

from rta_viewer.core.secret import secrets_alive

STARS = "***"

_REDACTIONS = (
    # Authorization: Digest username="x", response="…" up to the end of the line or the closing quote
    (
        re.compile(r"((?:proxy-)?authorization['\"]?\s*[:=]\s*)[^\r\n]*", re.IGNORECASE),
        rf"\1{STARS}",
    ),
    (re.compile(r"((?:set-)?cookie['\"]?\s*:\s*)[^\r\n]*", re.IGNORECASE), rf"\1{STARS}"),
    (re.compile(r"\b(basic|bearer)\s+[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE), rf"\1 {STARS}"),
    # No scheme is longer; without an end to it a long text without spaces takes half a minute.
    (re.compile(r"([a-z][a-z0-9+.-]{0,30}://)[^\s/?#'\"@]*@", re.IGNORECASE), rf"\1{STARS}@"),
    (
        re.compile(
            r"(\b(?:[a-z]+_)?(?:password|passwd|pwd|token|secret|response|cnonce)['\"]?\s*[=:]\s*)"
            r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s&,;'\"}{\])]+)",
            re.IGNORECASE,
        ),
        rf"\1{STARS}",
    ),
)


_SHORTEST_SECRET = 6
"""Shorter ones would put stars into ordinary words, and tell by that what they are."""


def redact(text: str) -> str:
    """The text without passwords in URLs, Authorization headers, tokens and the like.

    Secrets that are in use are taken out wherever they stand, also in Base64 and percent-encoded.
    """
    for pattern, stars in _REDACTIONS:
        text = pattern.sub(stars, text)
    return without_secrets(text)


def without_secrets(text: str) -> str:
    """Words of others, for people: only the secrets that are in use are taken out of them."""
    secrets = [secret for secret in secrets_alive() if len(secret) >= _SHORTEST_SECRET]
    # Longest first: one may be the beginning of another.
    for form in sorted(chain.from_iterable(map(forms_of, secrets)), key=len, reverse=True):
        text = text.replace(form, STARS)
    return text


def forms_of(secret: str) -> list[str]:
    """The text itself and the ways in which it could be written, in any order."""
    data = secret.encode("utf-8", "replace")
    forms = {secret, quote(secret, safe=""), quote_plus(secret), quote(secret), repr(secret)[1:-1]}
    forms.add(json.dumps(secret)[1:-1])
    for before in range(3):
        # Behind a user name the bytes begin anywhere in a group of three; what others share is left off.
        coded = base64.b64encode(bytes(before) + data).decode("ascii")
        whole = coded[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]
        forms |= {whole, whole.replace("+", "-").replace("/", "_")}
    return [form for form in forms if len(form) >= _SHORTEST_SECRET]
