"""Ports for the servers of the tests, which run side by side."""

from __future__ import annotations

import itertools
import os
import socket

# Below the range that the system takes the ports of outgoing connections from (32768 and up on Linux): a port that is
# free now, and given to a server that starts a second later, is not lent to a connection in between.
FIRST, EACH = 12_000, 1_000
_WORKER = int("0" + "".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", "")))) % 16
_next = itertools.cycle(
    (os.getpid() * 37 + i) % EACH for i in range(EACH)
)  # also of another run beside this one


def free_port() -> int:
    """A port that nobody listens on, and that is given to nobody else meanwhile."""
    for _ in range(EACH):
        port = FIRST + _WORKER * EACH + next(_next)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free for this worker")
