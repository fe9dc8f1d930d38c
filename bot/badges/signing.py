"""Signing, by openbadgeslib (Data Integrity, eddsa-rdfc-2022), and looking at what was signed as a verifier does.

What is signed is the meaning that the contexts give to a document, so a member that no context defines would go
unsigned and unnoticed: nothing leaves here that its own verifier does not take.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.ldp import OB3LdpVerifier, add_data_integrity_proof, verify_data_integrity_proof

from bot.badges.award import Award, Community
from bot.badges.credential import credential, endorsement
from bot.badges.keys import Key, Keys
from bot.errors import StorycircleError


class NotSigned(StorycircleError):
    """A credential that verifiers would not take."""


def signed(document: dict[str, Any], keys: Keys, at: datetime, key: Key | None = None) -> dict[str, Any]:
    """The document with its proof, as an array of one, which every wallet reads.

    Raises:
        NotSigned: it holds something that a signature would not cover.
    """
    key = key or keys.current
    try:
        proven = add_data_integrity_proof(document, key.pem, keys.method(key), created=at)
    except LibOpenBadgesException as error:
        raise NotSigned(str(error)) from error
    proven["proof"] = [proven["proof"]]
    return proven


def issue(
    award: Award, keys: Keys, community: Community, at: datetime, status_list: str = ""
) -> dict[str, Any]:
    """The signed credential of an award, with its endorsements; looked at once more as a verifier would.

    Raises:
        NotSigned: verifiers would not take it.
    """
    document = credential(award, keys.did(), community, at, status_list)
    document["endorsement"] = [
        signed(endorsement(award, nth, keys.did(), community, at), keys, at)
        for nth in range(len(award.endorsements))
    ]
    if not document["endorsement"]:
        del document["endorsement"]
    signed_ = signed(document, keys, at)
    check(signed_, keys)
    return signed_


def check(document: dict[str, Any], keys: Keys) -> None:
    """True if the proof holds, with one of our keys.

    Raises:
        NotSigned: it does not.
    """
    proof: Sequence[Any] = document.get("proof") or [{}]
    first: Any = proof[0] if isinstance(proof, list) else proof
    method = first.get("verificationMethod", "") if isinstance(first, dict) else ""
    key = next((candidate for candidate in keys.all if method == keys.method(candidate)), None)
    if key is None:
        raise NotSigned("it was signed with a key that is not ours")
    try:
        if "OpenBadgeCredential" in document.get("type", []):
            OB3LdpVerifier(key.public_pem).verify(copy.deepcopy(document))
        else:
            verify_data_integrity_proof(document, key.public_pem)
    except LibOpenBadgesException as error:
        raise NotSigned(str(error)) from error
