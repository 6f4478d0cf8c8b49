"""Two hundred random lives of files through the services, on each database."""

from tests.integration.services.conftest import cast, province, world
from tests.integration.services.test_invariants import crowd, test_whatever_people_press

__all__ = ["cast", "crowd", "province", "test_whatever_people_press", "world"]
