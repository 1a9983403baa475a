"""EMAIL_URL and EMAIL_FROM as Django's settings."""

import smtplib
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

from concordat import mail
from tests.wayward_mail_server import CLOSE, wayward_mail_server

OUTBOX = Path("/nowhere/outbox")


def of(url: str) -> tuple[Any, ...]:
    """What matters of the settings for that address."""
    found = mail.server(url, OUTBOX)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    return tuple(found[f"EMAIL_{name}"] for name in names)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://post.example", ("post.example", 587, "", "", False, False)),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
        ("smtp://me:secret@post.example:25?tls=yes", ("post.example", 25, "me", "secret", True, False)),
        (
            "smtp://me%40x.org:p%2Fa%3Ass@post.example/?tls=no",
            ("post.example", 587, "me@x.org", "p/a:ss", False, False),
        ),
        ("smtps://me:secret@post.example", ("post.example", 465, "me", "secret", False, True)),
        ("smtp://[::1]:25", ("::1", 25, "", "", False, False)),
    ],
)
def test_a_server(url: str, expected: tuple[Any, ...]) -> None:
    assert of(url) == expected


def test_a_server_that_falls_silent_is_given_up() -> None:
    assert mail.server("smtp://post.example", None)["EMAIL_TIMEOUT"] == 20


@pytest.mark.parametrize(
    "url",
    [
        "post.example",
        "smtp://",
        "smtp://:25",
        "http://post.example",
        "smtp://post.example:mail",
        "smtp://post.example:99999",
        "smtp://post.example?tls=maybe",
        "smtp://post.example?ssl=yes",
        "smtp://post.example?tls",
        "smtp://post.example/outbox",
        "smtp://me:secret@[post",
    ],
)
def test_an_address_that_makes_no_sense_fails_with_its_name_and_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL must be like smtp://") as refusal:
        mail.server(url, OUTBOX)
    assert "secret" not in str(refusal.value)


def certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server on this machine shows, and what a sender trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post")]), datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    built = built.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    both = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "post.pem").write_bytes(both + built.sign(key, SHA256()).public_bytes(Encoding.PEM))
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(folder / "post.pem")
    return shown, ssl.create_default_context(cafile=str(folder / "post.pem"))


@pytest.mark.parametrize("secure", [False, True])
def test_it_knows_whether_the_server_was_given_the_mail(tmp_path: Path, secure: bool) -> None:
    shown, trusted = certificates(tmp_path)
    for answers, given in (({"DATA": "451 later"}, False), ({"text": CLOSE}, True)):
        with wayward_mail_server(shown if secure else None) as office:
            office.answers = answers
            server = mail.Smtp(host="127.0.0.1", use_ssl=secure, use_tls=False, timeout=5)
            server.ssl_context = trusted
            server.open()
            with pytest.raises(smtplib.SMTPException):
                server.send_messages([EmailMessage("Hello", "Text", to=["ada@example.org"])])
            assert server.is_given is given
            server.close()
            assert server.is_given is False


def test_without_a_server_mails_become_files(tmp_path: Path) -> None:
    found = mail.server("", tmp_path / "outbox")
    connection = get_connection(found["EMAIL_BACKEND"], file_path=found["EMAIL_FILE_PATH"])
    EmailMessage("Hello", "Text", to=["ada@example.org"], connection=connection).send()
    (file,) = (tmp_path / "outbox").iterdir()
    assert "To: ada@example.org" in file.read_text(encoding="utf-8")


def test_without_a_server_and_an_outbox_whoever_sends_is_told() -> None:
    connection = get_connection(mail.server("", None)["EMAIL_BACKEND"])
    with pytest.raises(OSError, match="EMAIL_URL is not set"):
        EmailMessage("Hello", "Text", to=["ada@example.org"], connection=connection).send()


@pytest.mark.parametrize("text", ["post@tracker.example", "Concordat Tracker <post@tracker.example>", "post@localhost"])
def test_a_sender(text: str) -> None:
    assert mail.sender(text) == text


@pytest.mark.parametrize(
    "text", ["", "post", "Post <>", "post@", "@tracker.example", "post@x.org\nBcc: y@x.org", "two words@x.org"]
)
def test_a_sender_that_is_no_address_fails_with_its_name(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_FROM must be one address"):
        mail.sender(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {}),
        ("maildir:///var/mail/a%20box", {"kind": "maildir", "path": "/var/mail/a box"}),
        (
            "imaps://me%40x.org:p%2Fa%3Ass@post.example/Bounced%20mails",
            {"host": "post.example", "port": 993, "tls": True, "user": "me@x.org", "password": "p/a:ss"}
            | {"kind": "imap", "folder": "Bounced mails"},
        ),
        (
            "imap://me:secret@localhost:1143",
            {"host": "localhost", "port": 1143, "tls": False, "user": "me", "password": "secret"}
            | {"kind": "imap", "folder": "INBOX"},
        ),
    ],
)
def test_where_reports_are_read(url: str, expected: dict[str, Any]) -> None:
    assert mail.mailbox(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "imap://me:secret@post.example",  # in plain text over the network
        "imaps://post.example",
        "imaps://me@post.example",
        "imaps://me:secret@post.example:box",
        "pop3s://me:secret@post.example",
        "maildir:",
        "maildir://host/path",
        "/var/mail/box",
        "imaps://me:secret@[post",
    ],
)
def test_a_mailbox_that_makes_no_sense_fails_with_its_name_and_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_MAILBOX") as refusal:
        mail.mailbox(url)
    assert "secret" not in str(refusal.value)


def test_the_address_to_which_mails_come_back() -> None:
    assert mail.return_address("bounces@tracker.example") == "bounces@tracker.example"
    assert mail.return_address("") == ""
    for wrong in ("bounces", "a name <b@x.example>", "b+c@x.example", "much-too-long-a-name@x.example", "b@x, c@x"):
        with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS"):
            mail.return_address(wrong)


def test_a_secret_that_could_be_guessed_is_refused_without_being_shown() -> None:
    assert mail.hook_secrets(["x" * 32, "y" * 40]) == ["x" * 32, "y" * 40]
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_HOOK_SECRETS") as refusal:
        mail.hook_secrets(["x" * 40, "guess me"])
    assert "guess me" not in str(refusal.value)
