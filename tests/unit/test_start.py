"""The start of the service: an address that is taken is refused with a sentence."""

import socket

import pytest

from deploy.prepare import refuse_taken_address


def test_a_taken_address_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Cannot serve at 127.0.0.1:{port} .*choose another PORT"):
            refuse_taken_address("127.0.0.1", port)
    refuse_taken_address("127.0.0.1", port)
