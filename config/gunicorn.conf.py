# ruff: noqa: INP001 - a file of settings that gunicorn runs, in no package
"""How gunicorn serves both apps; addresses, processes and threads come from the settings."""

import gc
import os

from gunicorn.http import wsgi

from matcher.local.quiet_gunicorn import SERVER, QuietLogger, QuietWorker

# A thread is needed only while a page is made or a stream is open: 400 of them cost little.
worker_class = QuietWorker
preload_app = True  # processes share the memory of what is loaded once

# Nothing about a request is written down: no access log, and errors by their kind alone.
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = QuietLogger
control_socket_disable = True
wsgi.SERVER = SERVER

# A worker's sign of life is a file; kept in memory, a slow disk ends nobody.
_memory = "/dev/shm"  # noqa: S108 - tmpfs is wanted; gunicorn makes a private file in it
worker_tmp_dir = _memory if os.access(_memory, os.W_OK) else None
timeout = 30
graceful_timeout = 5
keepalive = 15

# The app limits bodies to 64 KB; these limit what comes before a body.
limit_request_line = 2048
limit_request_fields = 64
limit_request_field_size = 8190

# Who may say that a request came by https: a proxy on this machine, or those named here.
forwarded_allow_ips = os.environ.get("SANAD_PROXIES", "127.0.0.1,::1")
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
forwarder_headers = ""


def pre_fork(_server: object, _worker: object) -> None:
    """Keep the collector's hands off shared pages: touching them would copy them."""
    gc.freeze()
