"""The headers that go out with every answer and tell a browser what this service never does."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # small pictures inside the style sheets
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # the form tokens' check needs it among our own pages
    "X-Content-Type-Options": "nosniff",
    # Offices share computers: no page with a person's data is left behind in one.
    "Cache-Control": "no-store",
}
ONE_YEAR = 365 * 24 * 3600  # seconds


def init_app(app: Flask) -> None:
    """Send the headers with every answer, errors included."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add the headers a view has not set itself; HSTS only where the request came over TLS."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
    return response
