"""Names that somebody could be taken for a host by, or for everybody: nobody goes by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from bot.core.text.quoting import clean

BOT = "Storycircle"  # that the bot goes by in a room of its own
# Who says one of these of themselves, anywhere in a name, may be taken for whoever leads: "Hana (host)", "the hosts".
_ROLES = (
    "host hosts hostess hostesses cohost cohosts facilitator facilitators moderator moderators mods admin admins "
    "administrator "
    "companion companions operator anfitrion anfitriona anfitriones anfitrionas moderador moderadora facilitador "
    "facilitadora administrador administradora gastgeber gastgeberin gastgeberinnen moderatorin moderatoren "
    "administratorin begleiter begleiterin hote hotes hotesse hotesses animateur animatrice animateurs moderateur "
    "moderatrice administrateur administratrice "
    "хост ведущий ведущая модератор админ ホスト 司会 管理者 主持人 管理员 管理員"
)
# These are words of ours for people: only as a whole name.
_ANYBODY = (
    "somebody someone everybody everyone anybody anyone nobody all here room channel bot mod system staff "
    "alguien todos todas nadie aqui sala jemand alle niemand hier raum quelquun tous toutes personne ici salle salon"
)
_LETTERS = re.compile(r"[^\W_]+")
_READ_AS = str.maketrans({"5": "s", "$": "s", "3": "e", "4": "a", "@": "a", "7": "t"})


def folded(name: str) -> str:
    """A name in small letters and digits, without accents, spaces and marks."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", clean(name)).casefold())
    return "".join(ch for ch in plain if ch.isalnum())


@cache
def _plain_words(words: str, plain_name: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(plain_name, words.split()))


def passes_for_a_role(name: str, plain_name: Callable[[str], str] = folded) -> bool:
    """True if somebody of this name could be taken for a host, the bot, or everybody.

    Args:
        plain_name: the form that names which look alike share.
    """
    roles, anybody = _plain_words(_ROLES, plain_name), _plain_words(_ANYBODY, plain_name)
    whole = plain_name(name)
    if plain_name(BOT) in whole or whole in anybody | roles:
        return True
    typed = unicodedata.normalize("NFKC", clean(name))
    read = typed.translate(_READ_AS)
    found = (*_LETTERS.findall(typed), *_LETTERS.findall(read))
    words = {plain_name(word) for word in (*found, *(word.rstrip("0123456789") for word in found))}
    words |= {word.replace("rn", "m").replace("vv", "w") for word in words}
    return not roles.isdisjoint(words)
