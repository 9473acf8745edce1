"""`synthvr serve`: the server, until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os

from ..engine.child import EngineSettings
from ..errors import SynthVRError
from ..server.app import Options
from ..server.app import serve as serve_until_stopped
from ..server.open_files import allow_many
from ..server.origin import is_loopback
from .finding import open_library, open_patch
from .telling import PlainFormatter, answer


def serve(options: argparse.Namespace) -> int:
    """Start the server and play; with no patch named, go on with the last session or begin with a ready-made one."""
    to_terminal = logging.StreamHandler()
    to_terminal.setFormatter(PlainFormatter("synthvr: %(message)s"))
    logging.basicConfig(level=os.environ.get("SYNTHVR_LOG", "WARNING").upper(), handlers=[to_terminal])
    if options.lan and options.host is not None and is_loopback(options.host):
        raise SynthVRError(
            f"--lan and --host {options.host} contradict each other: {options.host} is this machine only."
        )
    allow_many()
    library = open_library(options.library)
    engine = EngineSettings(driver=options.audio, rate=options.rate, block=options.block, library=library.folder)
    patch = open_patch(options.patch, library) if options.patch else None
    asyncio.run(
        serve_until_stopped(
            Options(
                patch=patch,
                host=options.host,
                port=options.port,
                lan=options.lan,
                library=library.folder,
                engine=engine,
            ),
            announce=answer,
        )
    )
    return 0
