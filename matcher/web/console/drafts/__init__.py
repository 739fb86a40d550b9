"""A draft of rules: written, looked at, published. It lives in the page alone."""
