"""Brings the database up before the server starts, in one process: a start takes seconds, not one per command."""

import socket
import sys

from wsgi import app

COMMANDS = (("db", "upgrade"), ("seed", "reference"))
DEMONSTRATION = (("seed", "demo", "--if-empty"), ("seed", "accounts"))


def main(host: str, port: str) -> None:
    """Run the commands in order; one that fails ends the start, and so does an address that is taken."""
    refuse_taken_address(host, int(port))
    in_production = app.extensions["settings"].production
    with app.app_context():
        for command in COMMANDS if in_production else COMMANDS + DEMONSTRATION:
            if app.cli.main(list(command), prog_name="flask --app wsgi", standalone_mode=False):
                raise SystemExit(f"`{' '.join(command)}` was refused; the service was not started.")


def refuse_taken_address(host: str, port: int) -> None:
    """End the start if somebody serves there: the server itself would share the address with them unasked."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(f"Cannot serve at {host}:{port} ({error.strerror}); choose another PORT.") from None


if __name__ == "__main__":
    main(*sys.argv[1:])
