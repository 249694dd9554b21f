"""From a request to an answer: faults, sign-in, limits, endpoint, refusals."""

import logging
from http import HTTPStatus

from rta_viewer.demo.http_faults import Fail, HugeBody, OtherBody
from rta_viewer.demo.rest.cameras import CameraEndpoints
from rta_viewer.demo.rest.messages import (
    ApiError,
    Filler,
    Request,
    Response,
    json_response,
    unknown_resource,
)
from rta_viewer.demo.rest.options import RECORDINGS
from rta_viewer.demo.rest.recordings import RecordingEndpoints
from rta_viewer.demo.rest.routing import Route, Router
from rta_viewer.demo.rest.saving import SavingEndpoints
from rta_viewer.demo.rest.services import Services, refusal_for
from rta_viewer.demo.rest.system import SystemEndpoints
from rta_viewer.demo.rest.times import format_instant
from rta_viewer.errors import RtaError

_log = logging.getLogger(__name__)


class Api:
    """Answers requests. Safe from several threads."""

    def __init__(self, services: Services) -> None:
        self._services = services
        endpoints = (SavingEndpoints, CameraEndpoints, RecordingEndpoints, SystemEndpoints)
        self._router = Router([row for made in endpoints for row in made(services).routes()])

    def answer(self, request: Request) -> Response:
        """The answer; every refusal and every failure has one."""
        failure = self._services.faults.take(Fail, request.path)
        if failure:
            return self._armed_failure(failure)
        try:
            return self._work(request)
        except ApiError as err:
            return self.refusal(err)
        except RtaError as err:
            _log.warning("%s %s: %s", request.method, request.path, err)
            return self.refusal(refusal_for(err))
        except Exception:  # noqa: BLE001 - one broken request must not end the connection
            _log.exception("%s %s failed", request.method, request.path)
            return self.refusal(
                ApiError(
                    HTTPStatus.INTERNAL_SERVER_ERROR, "INTERNAL_ERROR", "The server has a fault."
                )
            )

    def refusal(self, err: ApiError) -> Response:
        """An error in the form that this server uses."""
        if self._services.options.error_form == "details":
            form: dict[str, object] = {
                "httpCode": int(err.status),
                "details": [{"errorText": err.message}],
            }
        else:
            form = {
                "code": err.code,
                "message": err.message,
                "statusCode": int(err.status),
                "timestamp": format_instant(self._services.world.clock.now_ms()),
            }
        return json_response({"error": form}, err.status, err.headers)

    def _work(self, request: Request) -> Response:
        found, ids = self._router.find(request)
        if not found.public:
            self._services.sign_in.check(request)
        self._require_offered(found, request)
        if found.bucket:
            limit = self._services.options.rate_limits.of(found.bucket)
            self._services.limiter.admit(found.bucket, limit)
        other = self._services.faults.take(OtherBody, request.path)
        if other:
            return Response(HTTPStatus.OK, (("Content-Type", other.content_type),), other.body)
        huge = self._services.faults.take(HugeBody, request.path)
        if huge:
            headers = (("Content-Type", "application/json"),)
            return Response(HTTPStatus.OK, headers, Filler(huge.size_bytes), length_known=False)
        return found.handler(request, ids)

    def _require_offered(self, found: Route, request: Request) -> None:
        options = self._services.options
        under_recordings = "recordings" in found.pattern
        if found.feature in options.lacking or (under_recordings and RECORDINGS in options.lacking):
            err = unknown_resource("recordings" if under_recordings else found.pattern[3])
            err.status = options.lacking_status
            raise err

    def _armed_failure(self, failure: Fail) -> Response:
        headers = (("Retry-After", failure.retry_after),) if failure.retry_after else ()
        if failure.body is not None:
            typed = (("Content-Type", failure.content_type), *headers)
            return Response(failure.status, typed, failure.body)
        code = _CODES.get(failure.status, "INTERNAL_ERROR")
        return self.refusal(ApiError(failure.status, code, "Made to fail.", headers))


_CODES = {
    400: "INVALID_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "RECORDING_NOT_FOUND",
    409: "CAMERA_OFFLINE",
    429: "RATE_LIMIT_EXCEEDED",
    503: "SERVICE_UNAVAILABLE",
}
