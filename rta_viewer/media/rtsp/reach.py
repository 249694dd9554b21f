"""Asking a stream's server whether it is there, without a stream."""

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.ports import StreamAccess
from rta_viewer.media.rtsp.connection import connect
from rta_viewer.media.rtsp.timeouts import RtspTimeouts
from rta_viewer.media.rtsp.url import Endpoint


def reach(url: str, access: StreamAccess, cancel: CancelToken) -> None:
    """One OPTIONS request (RFC 7826, 13.1) with whatever sign-in that takes.

    Raises:
        NetworkError, SignInError, ServerError, Cancelled: It is not there, or not for this user.
    """
    endpoint = Endpoint.parse(url)
    if access.use_host:
        endpoint = endpoint.with_host(access.use_host)
    connection = connect(endpoint, access, RtspTimeouts(), cancel)
    try:
        connection.exchange("OPTIONS", url, (), cancel)
    finally:
        connection.close()
