"""What a failed try is called, for people and for the next try."""

from __future__ import annotations

import smtplib
import ssl

from outbox.models import Mail
from outbox.smtp import TooSlow, Unconfirmed

Trouble = Mail.Trouble

# the first kind that fits counts
KINDS: list[tuple[type[Exception], Trouble]] = [
    (Unconfirmed, Trouble.UNCONFIRMED),
    (TooSlow, Trouble.SLOW),
    (TimeoutError, Trouble.SLOW),
    (smtplib.SMTPAuthenticationError, Trouble.LOGIN),
    (smtplib.SMTPConnectError, Trouble.UNWILLING),
    (smtplib.SMTPHeloError, Trouble.UNWILLING),
    (smtplib.SMTPSenderRefused, Trouble.SENDER),
    (smtplib.SMTPRecipientsRefused, Trouble.RECIPIENT),
    (smtplib.SMTPServerDisconnected, Trouble.CUT),
    (smtplib.SMTPResponseException, Trouble.REFUSED),
    (smtplib.SMTPException, Trouble.REFUSED),
    (ssl.SSLError, Trouble.ENCRYPTION),
    (OSError, Trouble.ABSENT),
]
# the next mail would meet the same
OF_THE_SERVER = [
    Trouble.ABSENT,
    Trouble.SLOW,
    Trouble.CUT,
    Trouble.UNWILLING,
    Trouble.ENCRYPTION,
    Trouble.LOGIN,
    Trouble.UNCONFIRMED,
]


def trouble_of(error: Exception) -> Trouble:
    return next((trouble for kind, trouble in KINDS if isinstance(error, kind)), Trouble.OTHER)


def answer_of(error: Exception) -> str:
    """Return what the server itself said, as code and words; nothing if it said nothing."""
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return ""
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return f"{code} {text}"[:200]
