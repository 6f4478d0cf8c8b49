"""The award forms' flows: composed from the catalogue, published as bytes, proved, read back.

``compose`` makes the canonical bytes of one version from the catalogue's TOML; ``read`` turns published bytes into the
value the rules use, and refuses a flow that fails a proof. Published bytes never change: a new value is a new version.
"""

from workflows.flows.compose import FlowKey, FlowValues, compose, flow_keys
from workflows.flows.first import first_flows, ruleset_on, tiers_on
from workflows.flows.proofs import BrokenFlowError, proofs_of, prove
from workflows.flows.read import read

__all__ = [
    "BrokenFlowError",
    "FlowKey",
    "FlowValues",
    "compose",
    "first_flows",
    "flow_keys",
    "proofs_of",
    "prove",
    "read",
    "ruleset_on",
    "tiers_on",
]
