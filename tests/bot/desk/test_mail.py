"""The mail that goes beside Telegram's notice, to a real mail server: what it says, what makes it wait."""

import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot import logs
from bot.desk.mailbox import Mailbox, read_mailbox
from bot.desk.mailer import LATER
from sandbox.clock import MovableClock
from sandbox.people import Person, plain
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.bot.handing import CANARY, CARD, enrolled, sent, ticked

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Paris, in the middle of a half-day
FROM, TO = "bot@mairie.test", "anne@mairie.test"
PASSWORD = "p@ss/w:rd"
CANARIES = ("Zéphyrine", "Zephyrine", "Kanari", "639980042", "39 98 00 42")


class Post:
    """What the mail server received; `fails` of the next messages are kept, and then denied."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.logins: list[bytes] = []
        self.fails = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 — aiosmtpd's
        assert (envelope.mail_from, envelope.rcpt_tos) == (FROM, [TO])
        assert isinstance(envelope.original_content, bytes)
        self.raw.append(envelope.original_content)
        if self.fails:
            self.fails -= 1
            return "451 the answer that was lost"
        return "250 taken"

    def login(self, _s: SMTP, _n: Session, _e: Envelope, _mechanism: str, data: LoginPassword) -> AuthResult:
        self.logins.append(data.password)
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]


@pytest.fixture
def town() -> Town:
    return Town(FakeTelegram(MovableClock(lambda: MONDAY)))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for this machine, which it trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def listening(post: Post, port: int, **how: Any) -> Iterator[None]:
    """A mail server."""
    server = Controller(post, hostname="127.0.0.1", port=port, **how)
    server.start()
    yield
    server.stop()


@dataclass
class Server:
    """A mail server that wants encryption, a name and a password; it can be stopped and started."""

    post: Post
    context: ssl.SSLContext
    port: int = field(default_factory=free_port)
    running: ExitStack = field(default_factory=ExitStack)

    def starts(self) -> None:
        how = {"tls_context": self.context, "require_starttls": True, "auth_required": True}
        self.running.enter_context(listening(self.post, self.port, authenticator=self.post.login, **how))

    def stops(self) -> None:
        self.running.close()


@pytest.fixture
def server(post: Post, certificate: ssl.SSLContext) -> Iterator[Server]:
    server = Server(post, certificate)
    server.starts()
    yield server
    server.stops()


@pytest.fixture
def mailbox(server: Server) -> Mailbox:
    return read_mailbox(f"smtp://bot:p%40ss%2Fw:rd@127.0.0.1:{server.port}", FROM, TO)


@pytest.fixture
async def bot(
    town: Town, url: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Running]:
    """The bot, running, with a mailbox; nothing in it waits for the wall's clock."""
    monkeypatch.setattr("bot.calls.pace.Pace.wait", lambda *_: 0.0)
    running = Running(town, url)
    running.mailbox = mailbox
    running.start()
    yield running
    await running.stop()


@pytest.fixture
async def anne(bot: Running, town: Town) -> Person:
    person = town.person("Anne")
    await enrolled(bot, person)
    return person


def body(mail: EmailMessage) -> str:
    part = mail.get_body()
    assert part is not None
    return plain(str(part.get_content()))


async def test_a_request_is_mailed_once_with_all_that_the_notice_says_and_no_byte_of_the_contact(
    bot: Running, town: Town, anne: Person, post: Post
) -> None:
    card = replace(CARD, to_verify=("fichage",), outcome="a_verifier")
    reference = await sent(bot, town.person("Zoé"), card=card)
    await town.until(lambda: post.mails, "a mail", within=5)
    for _ in range(3):
        town.passes(LATER)
        await ticked(bot)
    [mail] = post.mails
    assert mail["subject"] == f"Microcrédit, demande {reference} · Escautpont"
    assert (mail["from"], mail["to"]) == (FROM, TO)
    text = body(mail)
    for said in plain(anne.reads()).splitlines():
        assert not said.startswith("• ") or said.replace("• ", "- ") in text, "it says what the notice says"
    assert "Réponse promise au plus tard le lundi 23 novembre 2026." in text
    whole = post.raw[0].decode() + text + mail["subject"]
    assert not [canary for canary in CANARIES if canary in whole]
    assert CANARY.phone not in whole


async def test_outside_her_half_days_the_mail_waits_for_the_next_one(
    bot: Running, town: Town, anne: Person, post: Post
) -> None:
    assert anne.sees("référente")
    town.passes(timedelta(hours=8))  # Monday evening
    await sent(bot, town.person("Zoé"))
    await ticked(bot)
    assert post.raw == []
    town.passes(timedelta(hours=20, minutes=15))
    await ticked(bot)
    await town.until(lambda: post.mails, "a mail", within=5)


async def test_a_server_that_is_down_costs_telegram_nothing_and_no_mail(
    bot: Running, town: Town, anne: Person, post: Post, server: Server
) -> None:
    server.stops()
    reference = await sent(bot, town.person("Zoé"))
    assert anne.sees(reference)
    server.starts()
    await ticked(bot)
    assert post.raw == [], "not before its time"
    town.passes(LATER)
    await ticked(bot)
    await town.until(lambda: post.mails, "a mail", within=5)


async def test_a_refused_password_is_said_without_a_word_of_it_and_the_mail_waits(
    bot: Running, town: Town, anne: Person, post: Post, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger=logs.OURS)
    assert anne.sees("référente")
    await bot.stop()
    bot.mailbox = replace(mailbox, password="kanarienvogel")
    bot.start()
    await sent(bot, town.person("Zoé"))
    await town.until(lambda: post.logins, "a login", within=5)
    await town.until(lambda: "mail_not_sent" in caplog.text, "a word to the operator", within=5)
    assert post.raw == []
    told = str([record.__dict__ for record in caplog.records]) + repr(bot.mailbox)
    assert "kanarienvogel" not in told
    assert TO not in caplog.text
    await bot.stop()
    bot.mailbox = mailbox
    town.passes(LATER)
    bot.start()
    await town.until(lambda: post.mails, "a mail", within=5)


async def test_with_telegram_away_the_mail_leaves_all_the_same(
    bot: Running, town: Town, anne: Person, post: Post
) -> None:
    town.passes(timedelta(hours=8))  # Monday evening
    await sent(bot, town.person("Zoé"))
    town.telegram.faults.go_away()
    town.passes(timedelta(hours=20, minutes=15))
    await bot.app.clockwork.tick()
    await town.until(lambda: post.mails, "a mail", within=5)
    assert "Escautpont" not in anne.reads()
    town.telegram.faults.come_back()


async def test_what_she_saw_in_telegram_meanwhile_is_mailed_no_more(
    bot: Running, town: Town, anne: Person, post: Post
) -> None:
    post.fails = 1
    await sent(bot, town.person("Zoé"))
    await town.until(lambda: post.raw, "an attempt", within=5)
    anne.taps("Voir le contact")
    await anne.waits(quiet=0.1)
    town.passes(LATER)
    await ticked(bot)
    assert len(post.raw) == 1


async def test_a_mail_whose_answer_was_lost_is_repeated_under_the_same_number(
    bot: Running, town: Town, post: Post
) -> None:
    post.fails = 1
    await sent(bot, town.person("Zoé"))
    await town.until(lambda: post.raw, "an attempt", within=5)
    town.passes(LATER)
    await ticked(bot)
    await town.until(lambda: len(post.raw) == 2, "once more", within=5)
    assert len({mail["message-id"] for mail in post.mails}) == 1


def test_a_password_never_travels_in_the_clear(post: Post) -> None:
    port = free_port()
    with listening(post, port, authenticator=post.login, auth_require_tls=False):
        with pytest.raises(OSError, match="no encryption"):
            read_mailbox(f"smtp://bot:secret@127.0.0.1:{port}", FROM, TO).post(EmailMessage())
        read_mailbox(f"smtp://127.0.0.1:{port}", FROM, TO).post(EmailMessage())
    assert post.logins == []
    assert len(post.raw) == 1


def test_encryption_from_the_first_byte_on(post: Post, certificate: ssl.SSLContext) -> None:
    port = free_port()
    with listening(post, port, ssl_context=certificate):
        read_mailbox(f"smtps://127.0.0.1:{port}", FROM, TO).post(EmailMessage())
    assert len(post.raw) == 1


def test_a_certificate_of_somebody_else_is_not_trusted(
    mailbox: Mailbox, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(ssl.SSLCertVerificationError):
        mailbox.post(EmailMessage())
    assert post.logins == []


@pytest.mark.parametrize(
    "url",
    [
        "mail.mairie.fr",
        "http://mail.mairie.fr",
        "smtp://",
        "smtp://mail.mairie.fr:port",
        "smtp://nom@mail.mairie.fr",
        "smtp://nom:été@mail.mairie.fr",
        "smtp://mail.mairie.fr/boite",
        "smtp://mail.mairie.fr?a=b",
    ],
)
def test_an_address_that_is_none_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        read_mailbox(url, FROM, TO)
