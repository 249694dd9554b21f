"""The cut: an in mark, an out mark, or both. No Qt."""

from dataclasses import dataclass

from rta_viewer.core.spans import Span


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be saved. Out always lies after in: a mark that contradicts the other replaces it."""

    in_ms: int | None = None
    out_ms: int | None = None

    @classmethod
    def of(cls, span: Span) -> "Cut":
        """Both marks at once."""
        return cls(span.start_ms, span.end_ms)

    @property
    def span(self) -> Span | None:
        """From in to out, None until both are set."""
        if self.in_ms is None or self.out_ms is None:
            return None
        return Span(self.in_ms, self.out_ms)

    def with_in(self, instant_ms: int) -> "Cut":
        """Mark in here."""
        keeps_out = self.out_ms is not None and self.out_ms > instant_ms
        return Cut(instant_ms, self.out_ms if keeps_out else None)

    def with_out(self, instant_ms: int) -> "Cut":
        """Mark out here."""
        keeps_in = self.in_ms is not None and self.in_ms < instant_ms
        return Cut(self.in_ms if keeps_in else None, instant_ms)
