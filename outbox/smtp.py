"""Mail to a server under one bound: all steps of a mail together end within EMAIL_TIMEOUT.

A time-out of a socket starts anew at every byte, so that a server which sends one byte at a time
holds its client for ever. Here every step gets what is left of the whole. Only the look-up of the
server's name has its own bound, that of the system's resolver.
"""

from __future__ import annotations

import io
import smtplib
import socket
import ssl
from time import monotonic
from typing import Any

from django.core.mail.backends import smtp

GOODBYE = 2.0  # seconds: whether the mail has left is known by then
PIECE = 16_384  # bytes given to the socket at once; TLS sends no more in one go


class TooSlow(smtplib.SMTPServerDisconnected):
    """The time of the mail is over, and the server does not have its text."""


class Unconfirmed(smtplib.SMTPException):
    """The server got the whole text and did not say whether it took it."""


class _Replies(io.RawIOBase):
    """The bytes of a connection; each wait for some is cut to what is left."""

    def __init__(self, connection: BoundedSMTP, sock: socket.socket) -> None:
        self.connection, self.sock = connection, sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(self.connection.left())
        return self.sock.recv_into(buffer)


class BoundedSMTP(smtplib.SMTP):
    """One conversation of `timeout` seconds in all; with `context` it is encrypted throughout.

    The text leaves in the first half only: then there is time to hear the answer, and a mail is
    hardly ever sent twice because nobody knows whether it has left.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        local_hostname: str,
        timeout: float,
        context: ssl.SSLContext | None = None,
    ) -> None:
        began = monotonic()
        self.deadline, self.half_time = began + timeout, began + timeout / 2
        self.context = context
        self.takes_text = self.has_text = False
        super().__init__(host, port, local_hostname, timeout)

    def left(self) -> float:
        """Return how many seconds are left; raise TooSlow if none are."""
        left = self.deadline - monotonic()
        if left <= 0:
            raise TooSlow("the time of the mail is over")
        return left

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock = self._connected(host, port)
        if self.context is None:
            return sock
        sock.settimeout(self.left())
        return self.context.wrap_socket(sock, server_hostname=host)

    def _connected(self, host: str, port: int) -> socket.socket:
        error: OSError = OSError("the server has no address")
        for *_kind, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            try:
                return socket.create_connection((str(address[0]), port), self.left())
            except OSError as refused:
                error = refused
        raise error

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock:
            self.file = io.BufferedReader(_Replies(self, self.sock))
        try:
            code, words = super().getreply()
        except smtplib.SMTPServerDisconnected:
            self.left()
            raise
        self.takes_text = code == 354
        if self.sock:  # what follows may be a handshake, which asks the socket alone
            self.sock.settimeout(self.left())
        return code, words

    def send(self, s: Any) -> None:
        data = s.encode(self.command_encoding) if isinstance(s, str) else bytes(s)
        for start in range(0, len(data), PIECE):
            if self.sock:
                self.sock.settimeout(self.left())
            super().send(data[start : start + PIECE])
        self.has_text = self.takes_text

    def data(self, msg: Any) -> tuple[int, bytes]:
        if monotonic() > self.half_time:
            raise TooSlow("too little time is left to hear the answer to the text")
        try:
            return super().data(msg)
        except smtplib.SMTPServerDisconnected as cut:
            if self.has_text:
                raise Unconfirmed(str(cut)) from cut
            raise

    def quit(self) -> tuple[int, bytes]:
        self.deadline = min(self.deadline, monotonic() + GOODBYE)
        return super().quit()


class BoundedBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return BoundedSMTP  # encrypted from the start when it is given a context
