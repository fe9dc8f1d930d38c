"""The list of badges that were taken back (Bitstring Status List, W3C), signed by the same issuer.

A badge has a whole byte: wallets disagree on the order of bits in a byte, and a byte of ones reads the same both ways.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.badges.award import Community
from bot.badges.credential import CONTEXT, issuer, moment

SMALLEST = 131_072 // 8  # bytes: a shorter list would tell too much about each of its badges (section 4.1)


def bitstring(revoked: Iterable[int], most: int) -> str:
    """The list as text: multibase base64url of gzip, without padding."""
    room = bytearray(max(SMALLEST, most + 1))
    for index in revoked:
        room[index] = 0xFF
    packed = gzip.compress(bytes(room), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def status_list(
    address: str, did: str, community: Community, revoked: Iterable[int], most: int, at: datetime
) -> dict[str, Any]:
    """The credential of the list, before it is signed."""
    return {
        "@context": CONTEXT[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer(did, community)["id"],
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bitstring(revoked, most),
        },
    }
