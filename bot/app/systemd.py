"""What systemd wants to hear of a service: that it is ready, and from time to time that it is alive (sd_notify(3))."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping


def notify(state: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell the service manager, if there is one; True if it was told.

    Args:
        state: such as `READY=1`.
    """
    address = environment.get("NOTIFY_SOCKET", "")
    if not address or not hasattr(socket, "AF_UNIX"):
        return False
    if address.startswith("@"):  # a name in the kernel, and no file
        address = f"\0{address[1:]}"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(address)
            line.sendall(state.encode())
    except OSError:  # it is gone; nobody is served worse without it
        return False
    return True


async def stay_watched(environment: Mapping[str, str] = os.environ) -> None:
    """Show twice in each period of the watchdog that the loop still turns; without a watchdog this ends at once."""
    period = int(environment.get("WATCHDOG_USEC") or 0) / 1_000_000
    while period:
        if not notify("WATCHDOG=1", environment):
            return
        await asyncio.sleep(period / 2)
