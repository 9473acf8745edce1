"""A session in a process of its own, to be killed: says on a line of its own each revision that it has kept.

``python -m tests.patch.keeping_child SESSIONS [MOST]``: no file may grow beyond MOST bytes, as if the disk were full;
then it says ``full``, what it was refused with, and goes on with room as the server does.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from synthvr_server.errors import PatchError
from tests.patch.examples import turn, two_amplifiers
from tests.patch.test_journal import Session


def main(sessions: Path, most: int | None) -> None:
    session = Session(sessions, two_amplifiers())
    if most is not None:
        limit(most)
    for value in itertools.count():
        try:
            session.edit(turn("a", value % 9 + 0.5))
        except PatchError as error:
            print(f"full {error}", flush=True)
            limit(None)
            session.save()
        if session.revision % 20 == 0 and most is None:
            session.save()
        print(session.revision, flush=True)


def limit(most: int | None) -> None:
    """No file may grow beyond ``most`` bytes, or as far as it was allowed before."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if most is None else most, hard))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
