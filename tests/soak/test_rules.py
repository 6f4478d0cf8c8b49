"""Ten thousand random lives of a file through the pure rules, and every pair of state, action and role."""

from tests.unit.workflows.rules.test_sequences import test_random_sequences
from tests.unit.workflows.rules.test_table import test_every_state_action_and_role

__all__ = ["test_every_state_action_and_role", "test_random_sequences"]
