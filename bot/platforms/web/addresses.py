"""Where a request comes from: the address of its connection, or the one that a trusted proxy names."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

import structlog
from aiohttp import web

log = structlog.get_logger()

FORWARDED = "X-Forwarded-For"
HOUSEHOLD = 64  # leading bits of an IPv6 address that one connection at home or at a school shares


class Addresses:
    """Tells clients apart.

    Args:
        trusted: networks of our own proxies. What they put into X-Forwarded-For is believed, and from nobody else:
            anyone could write any address there.
    """

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        self._trusted = [ipaddress.ip_network(network) for network in trusted]
        self._told = False

    def of(self, request: web.BaseRequest) -> str:
        """The address of a client; one for all of a household's in IPv6. Empty if nobody knows."""
        peer = request.remote or ""
        hops = [
            hop.strip() for line in request.headers.getall(FORWARDED, ()) for hop in line[-2000:].split(",")
        ]
        if hops and not self.trusts(peer) and not self._told:
            self._told = True  # once: the setting is missing, or somebody tries
            log.warning(
                "requests name another address, and are counted as one client: is a proxy missing in trusted_proxies?",
                peer=peer,
            )
        return self._furthest([*hops, peer])

    def trusts(self, address: str) -> bool:
        """True if this is a proxy of ours."""
        found = _address(address)
        return found is not None and any(
            found.version == network.version and found in network for network in self._trusted
        )

    def _furthest(self, hops: Sequence[str]) -> str:
        """The first hop, from here outward, that is none of our proxies."""
        last = hops[-1]
        for hop in reversed(hops):
            if _address(hop) is None:
                break
            last = hop
            if not self.trusts(hop):
                break
        return _household(last)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _household(text: str) -> str:
    found = _address(text)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, HOUSEHOLD), strict=False).network_address)
    return str(found) if found else ""
