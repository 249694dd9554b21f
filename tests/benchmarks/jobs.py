"""Transfers, polling, and the list of jobs: ``python -m tests.benchmarks.jobs [--json] [--quick]``."""

from tests.benchmarks import report
from tests.benchmarks.transfers.panel import measure_panel
from tests.benchmarks.transfers.polling import measure_polling
from tests.benchmarks.transfers.rates import curl_version, measure_rates


def measure(into: report.Report, options: report.Options) -> None:
    size_bytes, runs = (200_000_000, 1) if options.quick else (2_000_000_000, 3)
    into.add_peer("curl", curl_version())
    into.measure("transfers", lambda: measure_rates(into, size_bytes, runs))
    into.measure("polling", lambda: measure_polling(into, 100, 10))
    into.measure("panel", lambda: measure_panel(into, 5_000, 100 if options.quick else 500))


if __name__ == "__main__":
    raise SystemExit(report.run("jobs", measure))
