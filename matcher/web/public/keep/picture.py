"""A code as a picture for cameras, drawn for one page and kept nowhere."""

import segno
from markupsafe import Markup

from matcher.domain.codes import Code
from matcher.web.common.pictures import as_svg

VERSION = 2  # holds 28 letters at level Q, which bears a quarter of it being unreadable


def drawn(code: Code) -> Markup:
    """Draw a QR picture as SVG: no style, no script, nothing to fetch."""
    made = segno.make(code.upper(), version=VERSION, error="q", boost_error=False)
    return as_svg(made)
