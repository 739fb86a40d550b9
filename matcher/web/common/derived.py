"""What a browser with JavaScript sends instead of a code."""

from flask import request

from matcher.domain.codes import CodeKeys

LOOKUP, SEAL = "lookup", "seal"


def posted_keys() -> CodeKeys | None:
    """Read the keys that came with this form, if the code stayed in the browser.

    Raises
    ------
    MistypedCodeError
        If they are none.
    """
    lookup, seal = request.form.get(LOOKUP, ""), request.form.get(SEAL, "")
    return CodeKeys.from_hex(lookup=lookup, seal=seal) if lookup or seal else None
