"""A mail server on loopback that answers as it is told, well or badly."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage


class SmtpServer:
    """`way`: well, refuses (no mail at all), rejects (each address), hangs, drips (a byte each
    `pace` seconds), cuts (after the text), mute (after the text), slow_goodbye.

    `mails` holds what was taken, or what would have been: whoever keeps the text without saying so
    still has it.
    """

    def __init__(self, way: str = "well", pace: float = 0.1, port: int = 0) -> None:
        self.way, self.pace = way, pace
        self.mails: deque[EmailMessage] = deque()
        self.conversations = 0
        self._open: set[socket.socket] = set()
        self._listen(port)

    def __enter__(self) -> SmtpServer:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def behave(self, way: str, pace: float = 0.1) -> None:
        """Answer that way from the next conversation on; `absent`: take none at all."""
        self.way, self.pace = way, pace
        if way == "absent":
            self.close()
        elif self._listener.fileno() < 0:
            self._listen(self.port)

    def close(self) -> None:
        for sock in [self._listener, *list(self._open)]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def _listen(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", port), backlog=100)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                sock, _address = listener.accept()
            except OSError:
                return
            self._open.add(sock)
            self.conversations += 1
            threading.Thread(target=self._talk, args=[sock], daemon=True).start()

    def _talk(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock:
            if self.way == "refuses":
                self._say(sock, "554 no mail today")
                return
            if self.way == "hangs":
                while sock.recv(1000):
                    pass
                return
            self._say(sock, "220 here")
            self._answer(sock, sock.makefile("rb"))

    def _answer(self, sock: socket.socket, lines: object) -> None:
        for line in lines:  # type: ignore[attr-defined]  # the file of a socket
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self._say(sock, "354 go on")
                if not self._take(sock, lines):
                    return
            elif verb == b"RCPT" and self.way == "rejects":
                self._say(sock, "550 no such person here")
            elif verb == b"QUIT":
                if self.way == "slow_goodbye":
                    time.sleep(60)
                self._say(sock, "221 bye")
                return
            else:
                self._say(sock, "250 fine")

    def _take(self, sock: socket.socket, lines: object) -> bool:
        text = b""
        for line in lines:  # type: ignore[attr-defined]  # the file of a socket
            if line == b".\r\n":
                break
            text += line
        else:
            return False
        self.mails.append(message_from_bytes(text, policy=policy.default))  # type: ignore[arg-type]
        if self.way == "cuts":
            return False
        if self.way == "mute":
            while sock.recv(1000):
                pass
            return False
        self._say(sock, "250 taken")
        return True

    def _say(self, sock: socket.socket, words: str) -> None:
        data = f"{words}\r\n".encode()
        if self.way != "drips":
            sock.sendall(data)
            return
        for byte in data:
            sock.sendall(bytes([byte]))
            time.sleep(self.pace)
