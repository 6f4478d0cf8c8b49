"""Brings the database up before the server starts, in one process: a start takes seconds, not one per command."""

from wsgi import app

COMMANDS = (("db", "upgrade"), ("seed", "reference"))
DEMONSTRATION = (("seed", "demo", "--if-empty"), ("seed", "accounts"))


def main() -> None:
    """Run the commands in order; one that fails ends the start."""
    in_production = app.extensions["settings"].production
    with app.app_context():
        for command in COMMANDS if in_production else COMMANDS + DEMONSTRATION:
            if app.cli.main(list(command), prog_name="flask --app wsgi", standalone_mode=False):
                raise SystemExit(f"`{' '.join(command)}` was refused; the service was not started.")


if __name__ == "__main__":
    main()
