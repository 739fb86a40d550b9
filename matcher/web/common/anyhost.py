"""A Flask app to which it does not matter under what name it is reached."""

from flask import Request
from werkzeug.exceptions import BadHost
from werkzeug.routing import MapAdapter

from matcher.web.common.quiet import QuietFlask

_SOME_HOST = "localhost"


class AnyHostFlask(QuietFlask):
    """Flask that answers also where a host's name is none.

    No page depends on that name, and not even the page of an error is written without one.
    """

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Match addresses under the name that was sent, or under some other."""
        try:
            return super().create_url_adapter(request)
        except BadHost:
            if request is None:
                raise
            return self.url_map.bind_to_environ({**request.environ, "HTTP_HOST": _SOME_HOST})
