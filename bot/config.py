"""Settings: from a YAML file, and from the environment, which wins. Secrets come from files of their own."""

from __future__ import annotations

import ipaddress
import os
import re
import stat
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic import Field as Spec

from bot.errors import ConfigError
from bot.files import SHIPPED, data_folder, settings_file, write_whole

PREFIX = "STORYCIRCLE_"
# Optional parts of the installation, by the library that each of them brings.
EXTRAS: Mapping[str, str] = {
    "badges": "openbadgeslib",
    "discord": "discord",
    "film": "av",
    "matrix": "nio",
    "metrics": "prometheus_client",
}
READABLE = 4.5  # contrast of words that everybody can read (WCAG 2.2, 1.4.3)
BADGE_COLOUR, BADGE_INK = "#1f5f5b", "#ffffff"  # of our badges, and of the words on every badge
BADGE_KINDS = (
    "story",
    "maturity",
    "convening",
    "series",
    "thanked",
    "witness",
    "host",
    "companion",
    "follow",
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, each `#rrggbb`, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class RecognitionSetting(BaseModel):
    """One recognition, as this installation wants it; what is not set stays as the script says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    off: bool = False
    name: str = Spec(default="", max_length=80)
    badge: bool | None = None
    nominate: bool | None = None
    discord: str = ""  # a role, by name or id
    matrix: int | str = Spec(default="")  # a level of power, or a room


def installed(extra: str) -> bool:
    """True if an optional part is there."""
    return find_spec(EXTRAS[extra]) is not None


def require(extra: str) -> None:
    """Say how to get an optional part that is missing.

    Raises:
        ConfigError: it is not installed.
    """
    if not installed(extra):
        here = " (or scripts/run add-film, where you start it with that)" if extra == "film" else ""
        raise ConfigError(
            f"The part “{extra}” isn't installed. Run: pip install 'storycircle[{extra}]'{here}"
        )


class Config(BaseModel):
    """Everything that can be set; each setting is explained in config.example.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Spec(default_factory=data_folder)
    prompts: Path = SHIPPED
    bind: str = "127.0.0.1"
    port: int = Spec(default=8765, ge=1, le=65535)
    trusted_proxies: tuple[str, ...] = ()
    take_over_after: int = Spec(default=30, ge=3, le=3600)
    watch_bind: str = "127.0.0.1"
    watch_port: int = Spec(default=0, ge=0, le=65535)
    room: str = Spec(default="circle", pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")

    shared_rooms: tuple[str, ...] = ()

    matrix: bool = False
    matrix_allow: tuple[str, ...] = ()
    matrix_encryption: bool = True
    matrix_threads: bool = False
    matrix_recognition_level: int = Spec(default=0, ge=0, le=49)
    matrix_recognition_room: str = Spec(default="", pattern=r"^([!#][^\s]+)?$")

    discord: bool = False
    discord_read_messages: bool = False
    discord_server: int = 0
    discord_host_roles: tuple[str, ...] = ()
    discord_roles: bool = False
    discord_forum: str = Spec(default="", max_length=100)

    recognition: dict[str, RecognitionSetting] = {}
    badge_colour: str = Spec(default=BADGE_COLOUR, pattern=r"^#[0-9a-fA-F]{6}$")
    badge_images: dict[str, Path] = {}

    community: str = Spec(default="Storycircle", min_length=1, max_length=80)
    address: str = Spec(default="", pattern=r"^(https?://[^\s/]+)?$")
    safeguarding: bool = False
    films: bool = Spec(default=True, validate_default=True)  # off where the part “film” is not installed
    digest: bool = True
    keep_days: int = Spec(default=90, ge=0, le=3650)
    language: str = Spec(default="en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    zone: str = "UTC"
    quiet_hours: str = Spec(
        default="21:00-08:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
    )

    @field_validator("matrix", "discord")
    @classmethod
    def _installed(cls, given: bool, info: ValidationInfo) -> bool:
        if given:
            try:
                require(info.field_name or "")
            except ConfigError as error:
                raise ValueError(str(error)) from None
        return given

    @field_validator("films")
    @classmethod
    def _encoder(cls, given: bool) -> bool:
        return given and installed("film")

    @field_validator("matrix_allow", "discord_host_roles", "trusted_proxies", "shared_rooms", mode="before")
    @classmethod
    def _listed(cls, given: object, info: ValidationInfo) -> object:
        if not isinstance(given, str):
            return given
        apart = (
            given.split(",") if info.field_name == "discord_host_roles" else given.replace(",", " ").split()
        )
        return [item.strip() for item in apart if item.strip()]

    @field_validator("recognition", "badge_images", mode="before")
    @classmethod
    def _mapped(cls, given: object) -> object:
        """From the environment these come as a line of YAML; `witness: false` is short for `{off: true}`."""
        read = yaml.safe_load(given) if isinstance(given, str) else given
        if not isinstance(read, dict):
            return read or {}
        return {key: {"off": True} if setting is False else setting for key, setting in read.items()}

    @field_validator("badge_colour")
    @classmethod
    def _legible(cls, given: str) -> str:
        if contrast(given, BADGE_INK) < READABLE:
            raise ValueError(f"nobody can read white words on {given}; choose a darker colour")
        return given

    @field_validator("badge_images")
    @classmethod
    def _shapes(cls, given: dict[str, Path]) -> dict[str, Path]:
        for shape, path in given.items():
            if shape not in BADGE_KINDS:
                raise ValueError(f"there is no badge {shape}; there are: {', '.join(BADGE_KINDS)}")
            if path.suffix.lower() not in (".svg", ".png") or not path.is_file():
                raise ValueError(f"{path} is no picture; give the path of a PNG or SVG file")
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for network in given:
            try:
                ipaddress.ip_network(network)
            except ValueError:
                raise ValueError(
                    f"{network} isn't an address or a network, such as 127.0.0.1 or 10.0.0.0/8"
                ) from None
        return given

    @field_validator("bind", "watch_bind")
    @classmethod
    def _address(cls, given: str) -> str:
        if given != "localhost":
            ipaddress.ip_address(given)
        return given

    @field_validator("zone")
    @classmethod
    def _zone(cls, given: str) -> str:
        try:
            if "/" not in given and given == given.upper() and given != "UTC":
                raise ValueError(given)  # EST stands for several zones, and knows no summer
            ZoneInfo(given)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{given} is no time zone; write one such as Europe/Berlin") from error
        return given

    @property
    def quiet(self) -> tuple[str, str]:
        """The beginning and the end of the quiet hours."""
        begins, _, ends = self.quiet_hours.partition("-")
        return begins, ends

    @property
    def gives_roles(self) -> bool:
        """True if recognition becomes a role of a Discord server."""
        return self.discord_roles or any(setting.discord for setting in self.recognition.values())

    @property
    def workshops(self) -> tuple[Path, ...]:
        """The folders of workshops; a file replaces one of the same name in a folder before."""
        return (self.prompts, self.data / "workshops")

    @property
    def own_workshops(self) -> Path:
        """The folder that new workshops are written to; those of an installed program are not ours to change."""
        return self.data / "workshops" if self.prompts == SHIPPED and SHIPPED.is_absolute() else self.prompts

    @property
    def matrix_account(self) -> Path:
        """The file of the bot's account in Matrix, with its token."""
        return self.data / "matrix" / "account.json"

    @property
    def matrix_keys(self) -> Path:
        """The folder of the keys of encrypted rooms."""
        return self.data / "matrix" / "keys"

    @property
    def discord_token(self) -> Path:
        """The file of the bot's token in Discord."""
        return self.data / "discord" / "token"

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.data / "storycircle.db"

    @property
    def public(self) -> str:
        """The address that people type, without a slash at its end."""
        host = f"[{self.bind}]" if ":" in self.bind else self.bind
        return self.address or f"http://{host}:{self.port}"

    @property
    def reachable(self) -> str:
        """The same, or nothing if only this machine gets there: what a chat may link to."""
        return self.public if self.address or not self.loopback else ""

    @property
    def loopback(self) -> bool:
        """True if only this machine can reach the web room."""
        return self.bind == "localhost" or ipaddress.ip_address(self.bind).is_loopback


def load_config(path: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """The settings of a file (`config.yaml` here or in the platform's folder, if there is one), and of the environment.

    Raises:
        ConfigError: names the setting and what it takes.
    """
    raw: dict[str, Any] = {}
    usual = settings_file()
    chosen = path or (usual if usual.exists() else None)
    if chosen is not None:
        try:
            loaded = yaml.safe_load(chosen.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
            raise ConfigError(f"{chosen} cannot be read: {error}.") from error
        if loaded is not None and not isinstance(loaded, dict):
            raise ConfigError(f"{chosen} holds no settings: write lines such as `port: 8765`.")
        raw |= loaded or {}
    for name in Config.model_fields:
        if PREFIX + name.upper() in environment:
            raw[name] = environment[PREFIX + name.upper()]
    try:
        return Config.model_validate(raw)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        names = ", ".join(Config.model_fields)
        where = chosen or "the environment"
        raise ConfigError(f"In {where}: " + "; ".join(lines) + f". Settings are: {names}.") from error


def turn_on(path: Path, platform: str) -> None:
    """Write such as `matrix: true` into the settings, and leave everything else as it stands."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    fresh, n = re.subn(rf"(?m)^{platform}:.*$", f"{platform}: true", text)
    if not n:
        fresh = f"{text.rstrip()}\n\n{platform}: true\n".lstrip()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, fresh, stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600)
