"""Fails a test that logs an error which it did not announce."""

import logging
import re


class LogWatch(logging.Handler):
    """Collects records at ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._records: list[logging.LogRecord] = []
        self._expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def expect(self, pattern: str) -> None:
        """Allow records whose message matches the regular expression anywhere."""
        self._expected.append(re.compile(pattern))

    @property
    def messages(self) -> list[str]:
        """The messages of all collected records."""
        return [record.getMessage() for record in self._records]

    def unexpected(self) -> list[str]:
        """What was logged and not announced, with its traceback."""
        formatter = logging.Formatter("%(levelname)s %(name)s: %(message)s")
        return [
            formatter.format(record)
            for record in self._records
            if not any(pattern.search(record.getMessage()) for pattern in self._expected)
        ]
