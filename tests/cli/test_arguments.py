import argparse

import pytest

from rta_viewer.cli.arguments import refuse_what_is_no_text
from rta_viewer.errors import UsageError


def test_only_what_is_no_text_is_refused() -> None:
    args = argparse.Namespace(output="/Fälle/1", name=None, watermark="caf\udce9")
    refuse_what_is_no_text(args, "output", "name")
    with pytest.raises(UsageError, match="--watermark is not UTF-8"):
        refuse_what_is_no_text(args, "output", "name", "watermark")
