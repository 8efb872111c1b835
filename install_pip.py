"""Puts pip into a virtual environment where Python comes without ensurepip, as on Debian without ``python3-venv``.

    python3 -m venv --without-pip .venv && .venv/bin/python install_pip.py

Takes the newest wheel from the package index (``PIP_INDEX_URL``, else PyPI), checks its SHA-256, and lets it install
itself. Uses the standard library only.
"""

import hashlib
import os
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

_WHEEL = re.compile(r'href="([^"#]*/(pip-([\d.]+)-py3-none-any\.whl))#sha256=([0-9a-f]{64})"')


def main() -> None:
    """Downloads pip and installs it; one line on standard error where that fails."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    try:
        found = _WHEEL.findall(_get(index).decode())
        address, name, _, digest = max(found, key=lambda wheel: [int(part) for part in wheel[2].split(".") if part])
        content = _get(urllib.parse.urljoin(index, address))
    except (OSError, ValueError) as error:
        sys.exit(f"pip could not be fetched from {index} ({error}). Install it: apt install python3-venv")
    if hashlib.sha256(content).hexdigest() != digest:
        sys.exit(f"{name} from {index} is not what the index announces. Install pip: apt install python3-venv")
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / name
        wheel.write_bytes(content)
        command = [sys.executable, f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)]
        sys.exit(subprocess.run(command, check=False).returncode)


def _get(address: str) -> bytes:
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    request = urllib.request.Request(address, headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=60, context=context) as answer:
        content: bytes = answer.read()
    return content


if __name__ == "__main__":
    main()
