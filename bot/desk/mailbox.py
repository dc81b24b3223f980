"""The second way out: a mail server, for the day Telegram is down. Nothing here sees a name or a number."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
PATIENCE = 10  # seconds for each answer of the server


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where the notices go, and through which server. Its password is in no repr."""

    host: str
    port: int
    encrypted: bool  # from the first byte on; else as soon as the server offers it
    sender: str
    recipient: str
    user: str = ""
    password: str = field(default="", repr=False)

    def post(self, message: EmailMessage) -> None:
        """Hand this message over. Blocks; raises OSError (every refusal of `smtplib` is one).

        A password never travels in the clear: without encryption nothing is sent.
        """
        context = ssl.create_default_context()
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        with server:
            server.ehlo()
            if not self.encrypted and server.has_extn("starttls"):
                server.starttls(context=context)
            elif not self.encrypted and self.user:
                raise smtplib.SMTPNotSupportedError("no encryption for a password")
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message, self.sender, [self.recipient])


def read_mailbox(url: str, sender: str, recipient: str) -> Mailbox:
    """Read « smtp://user:password@host:587 » or « smtps://… ». Raises ValueError, quoting nothing."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    beyond = parts.path.strip("/") or parts.query or parts.fragment
    known = bool(user) == bool(password) and (user + password).isascii()  # `smtplib` says nothing else
    if parts.scheme not in PORTS or not parts.hostname or beyond or not known:
        raise ValueError
    secure = parts.scheme == "smtps"
    return Mailbox(parts.hostname, port or PORTS[parts.scheme], secure, sender, recipient, user, password)
