"""The settings, from the environment or from `.env`; a wrong one is explained in French."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.clock import AHEAD
from bot.desk.mailbox import Mailbox, read_mailbox

EXPECTED = {
    "TELEGRAM_BOT_TOKEN": "le jeton donné par @BotFather, par exemple 123456:ABC-def",
    "TELEGRAM_API_URL": "l'adresse d'un serveur, par exemple https://api.telegram.org",
    "DATABASE_URL": "une adresse de base, par exemple sqlite:///data/microcredit.db",
    "PROGRAMME": "le chemin d'un fichier, par exemple programme.yaml",
    "WEBHOOK_URL": "l'adresse publique du bot, en https et sans chemin, par exemple https://bot.exemple.fr",
    "WEBHOOK_LISTEN": "une adresse et un port de cette machine, par exemple 127.0.0.1:8080",
    "HEALTH_PORT": "un port de cette machine, par exemple 8081",
    "TELEGRAM_RATE": "un nombre de messages par seconde, par exemple 30, ou 0 pour ne pas compter",
    "LOG_LEVEL": "DEBUG, INFO ou WARNING",
    "SMTP_URL": "un serveur de courriel, par exemple smtp://nom:motdepasse@mail.mairie.fr:587",
    "MAIL_FROM": "une adresse de courriel",
    "MAIL_TO": "une adresse de courriel",
}
MAIL = ("SMTP_URL", "MAIL_FROM", "MAIL_TO")


class Endpoint(NamedTuple):
    """Where to listen."""

    host: str
    port: int


class SettingsError(Exception):
    """Settings that are missing or wrong. Its text is French and repeats no value: one could be secret."""


def _token(token: SecretStr) -> SecretStr:
    if re.fullmatch(r"\d+:[^\s/?#]+", token.get_secret_value()) is None:
        raise ValueError
    return token


def _database(url: str) -> str:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql") or not parsed.database:
        raise ValueError
    return url


def _smtp(url: SecretStr) -> SecretStr:
    read_mailbox(url.get_secret_value(), "", "")
    return url


Address = Annotated[str, Field(pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$")]


def _endpoint(text: object) -> Endpoint:
    """Reads « 127.0.0.1:8080 »."""
    if isinstance(text, Endpoint):
        return text
    host, _, port = str(text).rpartition(":")
    if not re.fullmatch(r"\S+", host) or not re.fullmatch(r"\d{1,5}", port) or int(port) > 65535:
        raise ValueError
    return Endpoint(host.strip("[]"), int(port))


class Settings(BaseSettings):
    """Each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)]
    telegram_api_url: Annotated[str, Field(pattern=r"^https?://[^\s/?#]+/?$")] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///data/microcredit.db"
    contact_key: SecretStr | None = None  # of the sealed contacts; else a file made at the first start
    programme: Path = Path("programme.yaml")
    # Telegram accepts https alone; the sandbox, which reaches this machine alone, http too.
    webhook_url: Annotated[
        str | None, Field(pattern=r"^(https://[^\s/?#]+|http://(127\.0\.0\.1|localhost)(:\d+)?)/?$")
    ] = None
    webhook_listen: Annotated[Endpoint, NoDecode, BeforeValidator(_endpoint)] = Endpoint("127.0.0.1", 8080)
    telegram_rate: Annotated[float, Field(ge=0, le=1000)] = 30  # a second, over all chats; 0: any number
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING"] = "INFO"
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp)] | None = None  # with the next two, or not at all
    mail_from: Address | None = None
    mail_to: Address | None = None

    @property
    def mailbox(self) -> Mailbox | None:
        """The second way out, where there is one. Raises SettingsError where only a part of it is set."""
        match self.smtp_url, self.mail_from, self.mail_to:
            case None, None, None:
                return None
            case SecretStr() as url, str(sender), str(recipient):
                return read_mailbox(url.get_secret_value(), sender, recipient)
        missing = [name for name in MAIL if getattr(self, name.lower()) is None]
        raise SettingsError("\n".join(sentence(name) for name in missing))


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError with a sentence for each mistake.

    In the sandbox `.env` stays out: what is played there must not reach anybody's real mailbox.
    """
    file = None if AHEAD in os.environ else ".env"
    try:
        return Settings(_env_file=file)  # type: ignore[call-arg]  # read from the environment
    except ValidationError as error:
        mistakes = [(str(mistake["loc"][0]).upper(), mistake["type"]) for mistake in error.errors()]
    raise SettingsError("\n".join(sentence(name, kind) for name, kind in mistakes))


def sentence(name: str, kind: str = "missing") -> str:
    """What to tell of a setting that is missing, or wrong where `kind` is anything else."""
    found = "manque" if kind == "missing" else "n'est pas valable"
    return f"Le réglage {name} {found}. Attendu : {EXPECTED[name]}. Voir .env.example."
