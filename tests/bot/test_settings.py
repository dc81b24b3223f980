"""Settings come from the environment or from .env; what is wrong is said in French and not repeated."""

import re
from pathlib import Path

import pytest

from bot.clock import AHEAD
from bot.desk.mailbox import Mailbox
from bot.settings import EXPECTED, Settings, SettingsError, read_settings
from tests.bot.conftest import ROOT

GOOD = "123456:AAE-good_token"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in EXPECTED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_token_is_all_that_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", GOOD)
    settings = read_settings()
    assert settings.telegram_bot_token.get_secret_value() == GOOD
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/microcredit.db"
    assert settings.programme == Path("programme.yaml")
    assert GOOD not in repr(settings)


def test_the_file_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={GOOD}\nPROGRAMME=a.yaml\nLOG_LEVEL=DEBUG\n")
    monkeypatch.setenv("PROGRAMME", "b.yaml")
    monkeypatch.setenv("LOG_LEVEL", "")
    settings = read_settings()
    assert settings.programme == Path("b.yaml")
    assert settings.log_level == "DEBUG", "an empty variable is none"


def test_the_example_holds_every_setting_and_starts_once_it_has_a_token(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = {name.upper() for name in Settings.model_fields}
    assert names <= set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    (tmp_path / ".env").write_text(example.replace("TELEGRAM_BOT_TOKEN=", f"TELEGRAM_BOT_TOKEN={GOOD}"))
    defaults = {
        name: field.default for name, field in Settings.model_fields.items() if not field.is_required()
    }
    uncommented = example.replace("#", "").splitlines()
    for name in ("TELEGRAM_API_URL", "DATABASE_URL", "PROGRAMME", "LOG_LEVEL"):
        assert f"{name}={defaults[name.lower()]}" in uncommented
    read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "kanarienvogel"),
        ("TELEGRAM_BOT_TOKEN", "123:kanarien/vogel"),
        ("TELEGRAM_API_URL", "kanarienvogel"),
        ("TELEGRAM_API_URL", "ftp://kanarienvogel"),
        ("TELEGRAM_API_URL", "https://kanarienvogel/bot"),
        ("DATABASE_URL", "kanarienvogel"),
        ("DATABASE_URL", "mysql://kanarienvogel/x"),
        ("DATABASE_URL", "sqlite://"),
        ("WEBHOOK_URL", "http://kanarienvogel"),
        ("WEBHOOK_URL", "https://kanarienvogel/telegram"),
        ("WEBHOOK_LISTEN", "kanarienvogel"),
        ("WEBHOOK_LISTEN", "127.0.0.1:70000"),
        ("LOG_LEVEL", "kanarienvogel"),
        ("SMTP_URL", "kanarienvogel"),
        ("SMTP_URL", "smtp://kanarien:vögel@mail.test"),
        ("MAIL_FROM", "kanarienvogel"),
        ("MAIL_TO", "a@mail.test, kanarienvogel@mail.test"),
        ("MAIL_TO", "kanarienvogel@mail.test\nBcc: b@mail.test"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", GOOD)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value) == (
        f"Le réglage {name} n'est pas valable. Attendu : {EXPECTED[name]}. Voir .env.example."
    )
    assert caught.value.__context__ is None, "a value could be secret"


def test_where_to_listen_is_an_address_and_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", GOOD)
    assert read_settings().webhook_listen == ("127.0.0.1", 8080)
    for written, read in (("0.0.0.0:80", ("0.0.0.0", 80)), ("[::1]:8443", ("::1", 8443))):
        monkeypatch.setenv("WEBHOOK_LISTEN", written)
        assert read_settings().webhook_listen == read


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "x")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    missing, wrong = str(caught.value).splitlines()
    assert missing.startswith("Le réglage TELEGRAM_BOT_TOKEN manque.")
    assert wrong.startswith("Le réglage DATABASE_URL n'est pas valable.")


def test_postgresql_is_an_address_like_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", GOOD)
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://bot@localhost/microcredit")
    assert read_settings().database_url.startswith("postgresql")


def test_the_mail_is_there_altogether_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", GOOD)
    assert read_settings().mailbox is None
    monkeypatch.setenv("SMTP_URL", "smtps://bot:kanarienvogel@mail.test")
    monkeypatch.setenv("MAIL_TO", "anne@mail.test")
    with pytest.raises(SettingsError) as caught:
        assert read_settings().mailbox
    assert str(caught.value).startswith("Le réglage MAIL_FROM manque.")
    monkeypatch.setenv("MAIL_FROM", "bot@mail.test")
    settings = read_settings()
    assert settings.mailbox == Mailbox(
        host="mail.test",
        port=465,
        encrypted=True,
        sender="bot@mail.test",
        recipient="anne@mail.test",
        user="bot",
        password="kanarienvogel",
    )
    assert "kanarienvogel" not in repr(settings) + repr(settings.mailbox)


def test_what_is_played_in_the_sandbox_reaches_no_real_mailbox(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", GOOD)
    (tmp_path / ".env").write_text("SMTP_URL=smtp://mail.test\nMAIL_FROM=a@mail.test\nMAIL_TO=b@mail.test\n")
    assert read_settings().mailbox is not None
    monkeypatch.setenv(AHEAD, "0")
    assert read_settings().mailbox is None
