"""Sockets of the web apps, opened before them: a restart refuses nobody, and a port is sure."""

import errno
import socket

from matcher.domain.errors import MatcherError
from matcher.settings.model import Listen

_BACKLOG = 2048


class PortTakenError(MatcherError):
    """Somebody else listens on the port that was asked for."""


def open_listener(listen: Listen, *, must_be_this: bool = False) -> socket.socket:
    """Listen where the settings say, or on a free port where that one is taken.

    Raises
    ------
    PortTakenError
        If it is taken and `must_be_this`.
    """
    try:
        return _bound(listen.host, listen.port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE or must_be_this:
            raise PortTakenError(
                f"cannot listen on {listen.host}, port {listen.port} ({error.strerror})"
            ) from None
        return _bound(listen.host, 0)


def is_free(listen: Listen) -> bool:
    """Tell whether an app could listen where the settings say."""
    try:
        _bound(listen.host, listen.port).close()
    except OSError:
        return False
    return True


def url_of(listener: socket.socket) -> str:
    """Say how a browser on this machine reaches a listener."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
