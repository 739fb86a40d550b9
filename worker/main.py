"""A worker of one queue: `python -m worker.main [--queue rounds|previews]`."""

import logging
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from types import FrameType
from typing import Never

from redis.exceptions import RedisError

from matcher.domain.errors import SettingsError
from matcher.domain.jobs import QueueName
from matcher.engine import warming
from matcher.jobs import connect
from worker import ground, horses, log, wiring

AFTER_ALL_ELSE = 10

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Serve one queue until asked to stop; returns the exit code."""
    parser = ArgumentParser(prog="sanad worker")
    parser.add_argument("--queue", default=QueueName.ROUNDS, choices=list(QueueName))
    name = QueueName(parser.parse_args(arguments).queue)
    log.start()
    signal.signal(signal.SIGTERM, _end)  # until RQ takes over
    if name is QueueName.PREVIEWS:
        os.nice(AFTER_ALL_ELSE)  # nobody waits for a preview as for a page or a round
    try:
        settings = ground.settings()
        for pool in settings.pools:
            wiring.rounds(pool)  # what is wrong with any of them is told before the first job
        warming.warm()  # once, before any fork: a horse finds everything compiled
    except SettingsError as error:
        logger.error("%s", error)  # noqa: TRY400 - the message says where; a trace says nothing
        return 2
    return _serve(name, settings.queue_url)


def _serve(name: QueueName, url: str) -> int:
    try:
        worker = horses.hire(name, connect(url))
        logger.info("worker ready for %s", name)
        worker.work(logging_level="WARNING")
    except RedisError as error:
        logger.error("the queue server does not answer: %s", type(error).__name__)  # noqa: TRY400 - its text may hold an address
        return 1
    return 0 if worker.was_asked_to_stop else 1


def _end(_number: int, _frame: FrameType | None) -> Never:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
