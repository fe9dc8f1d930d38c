"""An award as an OpenBadgeCredential (Open Badges 3.0, 1EdTech; VC Data Model 2.0, W3C), before it is signed."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timezone
from typing import Any
from uuid import UUID, uuid5

from bot.badges.award import GENRE, OURS, Achievement, Award, Community, signable

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]

MEDIA = "text/plain"


def moment(at: datetime) -> str:
    """A moment as credentials write it: UTC, whole seconds."""
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def issuer(did: str, community: Community) -> dict[str, Any]:
    """The profile of who issues: an object, because a plain identifier is refused by 1EdTech's validator."""
    profile: dict[str, Any] = {"id": did, "type": ["Profile"], "name": signable(community.name)}
    if community.url:
        profile["url"] = community.url
    if community.about:
        profile["description"] = signable(community.about)
    return profile


def address(what: Achievement, community: Community) -> str:
    """The page that explains an achievement; a number without an address that others can reach."""
    return f"{community.url}/achievement/{what.number}" if community.lasting else f"urn:uuid:{what.number}"


def achievement(what: Achievement, community: Community) -> dict[str, Any]:
    """An achievement as JSON-LD. Its criteria describe and do not grade."""
    statements = "\n".join(f"- {signable(statement)}" for statement in what.statements)
    some = "At least two of these are true:" if len(what.statements) > 1 else "This is true:"
    id = address(what, community)
    criteria = {"narrative": f"{some}\n{statements}" if statements else signable(what.about)}
    if community.lasting:
        criteria["id"] = f"{id}#criteria"
    document: dict[str, Any] = {
        "id": id,
        "type": ["Achievement"],
        "name": signable(what.badge),
        "description": signable(what.about),
        "criteria": criteria,
        "achievementType": "ext:ValueCreationStory" if what.shape == "story" and what.aligned else "Badge",
        "tag": [signable(what.workshop), what.kind],
        "inLanguage": what.language,
    }
    if what.aligned:
        document["alignment"] = [
            {
                "type": ["Alignment"],
                "targetName": signable(label),
                "targetUrl": f"{id}#{key}",
                "targetDescription": signable(line),
                "targetFramework": "Value cycles (Wenger-Trayner)",
                "targetType": "ext:ValueCycle",
            }
            for key, label, line in what.aligned
        ]
    return document


def _achievement(award: Award, community: Community) -> dict[str, Any]:
    """An achievement with the kinds of value that this story tells of."""
    document = achievement(award.what, community)
    if award.told:
        document["resultDescription"] = [
            {
                "id": _part(award, kind),
                "type": ["ResultDescription"],
                "name": signable(kind),
                "resultType": "ext:ValueCycle",
            }
            for kind in award.told
        ]
    return document


def evidence_id(award: Award) -> str:
    """The story of an award, as something that can be spoken of."""
    if award.story is not None and award.story.url:
        return award.story.url
    return f"urn:uuid:{uuid5(OURS, 'evidence/' + award.id)}"


def seal(text: str) -> str:
    """The digest of a text, as Subresource Integrity (W3C) writes it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(signable(text).encode()).digest()).decode()


def _part(award: Award, kind: str) -> str:
    return f"urn:uuid:{uuid5(award.what.number, kind)}"


def credential(
    award: Award, did: str, community: Community, issued: datetime, status_list: str = ""
) -> dict[str, Any]:
    """The credential of an award. The person is a number of its own, named only if they want to be."""
    subject: dict[str, Any] = {
        "id": f"urn:uuid:{uuid5(OURS, 'subject/' + award.id)}",
        "type": ["AchievementSubject"],
        "achievement": _achievement(award, community),
    }
    if award.what.kind == "story":
        subject["role"] = "Storyteller"
    if award.began:
        subject["activityStartDate"] = moment(award.began)
    if award.ended:
        subject["activityEndDate"] = moment(award.ended)
    if award.name:
        subject["identifier"] = [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityType": "name",
                "identityHash": signable(award.name),
            }
        ]
    if award.told:
        subject["result"] = [
            {"type": ["Result"], "resultDescription": _part(award, kind), "value": signable(label)}
            for kind, label in award.told.items()
        ]
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{UUID(award.id, version=4)}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": signable(award.what.badge),
        "issuer": issuer(did, community),
        "validFrom": moment(issued),
        "awardedDate": moment(award.awarded),
        "credentialSubject": subject,
    }
    if award.story is not None:
        evidence: dict[str, Any] = {
            "id": evidence_id(award),
            "type": ["Evidence"],
            "name": signable(award.story.title),
            "genre": GENRE,
        }
        if award.story.url:
            evidence |= {"digestSRI": seal(award.story.text), "mediaType": MEDIA}
        else:
            evidence["narrative"] = signable(award.story.text)
        document["evidence"] = [evidence]
    if award.parts:
        document["evidence"] = [
            {
                "id": f"urn:uuid:{UUID(id)}",
                "type": ["Evidence"],
                "name": signable(name),
                "genre": "Open Badge",
            }
            for name, id in award.parts
        ]
    if status_list:
        document["credentialStatus"] = {
            "id": f"{status_list}#{award.index * 8}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(award.index * 8),
            "statusListCredential": status_list,
        }
    return document


def endorsement(award: Award, nth: int, did: str, community: Community, issued: datetime) -> dict[str, Any]:
    """A sentence of somebody as a credential of its own, to be signed and put into that of the award."""
    words = award.endorsements[nth]
    comment = f"{signable(words.by)}: {signable(words.text)}" if words.by else signable(words.text)
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{uuid5(OURS, f'endorsement/{award.id}/{nth}')}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": f"{signable(community.name)} passes on what was said",
        "issuer": issuer(did, community),
        "validFrom": moment(issued),
        "awardedDate": moment(words.at),
        "credentialSubject": {
            # the story that it is said of; the badge itself, named inside itself, would be described twice
            "id": evidence_id(award),
            "type": ["EndorsementSubject"],
            "endorsementComment": comment,
        },
    }
