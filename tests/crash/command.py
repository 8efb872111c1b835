"""``kentesor`` with the encoder that needs no model: ``python -m tests.crash.command index …``."""

from __future__ import annotations

from unittest import mock

from app import cli
from tests.crash.doubles import WordEncoder


def main() -> None:
    """Runs the command line as it is, but for the encoder."""
    with mock.patch.object(cli, "open_encoder", WordEncoder):
        cli.main()


if __name__ == "__main__":
    main()
