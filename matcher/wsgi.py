"""What gunicorn serves: `matcher.wsgi:public()` and `matcher.wsgi:console()`.

Each imports its own app only: the public process never loads a page of the console.
"""

import os

from flask import Flask

from matcher.settings.load import load
from matcher.web.common.warm import warm


def public() -> Flask:
    """Build seekers' and peers' app."""
    from matcher.bootstrap import build  # noqa: PLC0415 - see above
    from matcher.web.public.app import create_app  # noqa: PLC0415 - see above

    return warm(create_app(build(load(os.environ))))


def console() -> Flask:
    """Build coordinators' app."""
    from matcher.bootstrap.console import build  # noqa: PLC0415 - see above
    from matcher.web.console.app import create_app  # noqa: PLC0415 - see above

    return warm(create_app(build(load(os.environ))))
