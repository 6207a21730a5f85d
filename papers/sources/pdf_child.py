"""Runs what opens a PDF in a child process that may die of it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from papers.errors import HostilePdf

logger = logging.getLogger(__name__)


def run_child(script: Path, data: bytes, arguments: Sequence[str], *, seconds: float) -> bytes:
    """What `python -I script …` writes when it is given the data; the script sets its own limits on memory and output.

    Through files and not pipes: the child's output is bounded by its own limit on file size. Raises HostilePdf where
    it dies or takes longer than `seconds`.
    """
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result, tempfile.TemporaryFile() as complaint:
        source.write(data)
        source.seek(0)
        try:
            child = subprocess.run(
                [sys.executable, "-I", str(script), *arguments],
                stdin=source,
                stdout=result,
                stderr=complaint,
                timeout=seconds,
                env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
                start_new_session=True,  # else an interrupt meant for the worker kills the child first
            )
        except subprocess.TimeoutExpired as error:
            raise HostilePdf(reason=f"it took longer than {seconds:g} s") from error
        if child.returncode:
            raise _died(child.returncode, complaint)
        result.seek(0)
        return result.read()


def _died(status: int, complaint: IO[bytes]) -> HostilePdf:
    complaint.seek(0)
    said = complaint.read(10_000).decode("utf-8", "replace").strip()
    logger.warning("The reader of a PDF died", extra={"status": status, "said": said})
    if status < 0:
        return HostilePdf(reason=f"the reader died ({signal.Signals(-status).name})")
    return HostilePdf(reason=said.rpartition("\n")[2] or f"the reader ended with status {status}")
