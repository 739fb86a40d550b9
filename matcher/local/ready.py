"""Waits until servers and pages answer, and looks whether a worker is there."""

import asyncio
import http.client
from collections.abc import Iterable
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import RedisError
from rq import Worker

from matcher.domain.errors import MatcherError
from matcher.domain.jobs import QueueName
from matcher.jobs import open_queue
from matcher.local.server import Server


class NotReadyError(MatcherError):
    """Something did not answer in time; the message says what."""


async def servers(those: Iterable[Server], *, deadline_s: float) -> None:
    """Return once every server answers.

    Raises
    ------
    ServerStartError
        If one does not in time.
    """
    for server in those:
        await asyncio.to_thread(server.wait, deadline_s=deadline_s)


async def pages(urls: Iterable[str], *, deadline_s: float) -> None:
    """Return once every app has answered a request, whatever the answer.

    The listeners are open before the apps are, so a request waits in line and is not refused.

    Raises
    ------
    NotReadyError
        If one does not in time.
    """
    for url in urls:
        try:
            await asyncio.to_thread(_ask, url, deadline_s)
        except (OSError, http.client.HTTPException):
            raise NotReadyError(f"{url} does not answer; see the lines above") from None


def has_worker(queue: Redis) -> bool:
    """Tell whether a worker has said that it takes on rounds."""
    try:
        return Worker.count(queue=open_queue(queue, QueueName.ROUNDS)) > 0
    except RedisError:
        return False


def _ask(url: str, timeout_s: float) -> None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout_s)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    finally:
        connection.close()
