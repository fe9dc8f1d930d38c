"""An installation's settings of recognition, applied to its workshops and looked up for roles and rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.config import RecognitionSetting
from bot.core.model.recognition import Earn, Rule, key_of
from bot.core.model.script import Script
from bot.errors import ConfigError

#: What recognitions of the workshops that ship were called, and are called now.
EARLIER = {"companion": "co-host"}


class RecognitionSettings:
    """The settings of all recognitions, by the word with which each is typed."""

    def __init__(self, settings: Mapping[str, RecognitionSetting]) -> None:
        self._by = {key_of(key): honour for key, honour in settings.items()}
        self._named = tuple(self._by)
        for earlier, key in EARLIER.items():
            if earlier in self._by:
                self._by.setdefault(key, self._by[earlier])
        self._called = self._by | {
            key_of(setting.name): setting for setting in self._by.values() if setting.name
        }

    def applied(
        self, shelf: Mapping[str, Sequence[Script]], *, badges: bool = True
    ) -> dict[str, tuple[Script, ...]]:
        """All workshops, with what is set about their recognition.

        Args:
            badges: False where nothing can sign one; then no rule promises any.

        Raises:
            ConfigError: something is set about a recognition that no workshop has.
        """
        keys = {rule.key for scripts in shelf.values() for script in scripts for rule in script.recognition}
        for key in self._named:
            if key not in keys and EARLIER.get(key) not in keys:
                raise ConfigError(
                    f"recognition: no workshop recognises anybody as {key}. There are: {', '.join(sorted(keys))}."
                )
        return {
            key: tuple(replace(version, recognition=self._rules(version, badges)) for version in scripts)
            for key, scripts in shelf.items()
        }

    def _rules(self, script: Script, badges: bool) -> tuple[Rule, ...]:
        rules = [
            self._rule(script, rule)
            for rule in script.recognition
            if not self._by.get(rule.key, RecognitionSetting()).off
        ]
        return tuple(rule if badges else replace(rule, badge=False) for rule in rules)

    def _rule(self, script: Script, rule: Rule) -> Rule:
        wanted = self._by.get(rule.key)
        if wanted is None:
            return rule
        own = rule.earn in (Earn.STORY, Earn.ANSWERED) and script.statements
        if wanted.badge and not (rule.badge or rule.statements or own):
            raise ConfigError(
                f"recognition: {rule.key} can have no badge, since {script.title} says nothing that it could certify. "
                "Add statements to the rule in the script."
            )
        name = wanted.name or rule.name
        return replace(
            rule,
            name=name,
            key=key_of(name),
            badge=rule.badge if wanted.badge is None else wanted.badge,
            nominate=rule.nominate if wanted.nominate is None else wanted.nominate,
        )

    def role(self, name: str, everything: bool) -> str:
        """The role of a Discord server for a recognition, by name or id; empty for none.

        Args:
            everything: whether a recognition about which nothing is set has a role of its own name.
        """
        return self._called.get(key_of(name), RecognitionSetting()).discord or (name if everything else "")

    def honour(self, name: str, level: int, room: str) -> tuple[int, str]:
        """The level of power and the room of a recognition in Matrix; where nothing is set, those given here."""
        wanted = self._called.get(key_of(name), RecognitionSetting()).matrix
        if wanted == "":
            return level, room
        return (wanted, "") if isinstance(wanted, int) else (0, wanted)
