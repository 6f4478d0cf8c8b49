"""The pure rules, from outside: a table of their own, each guard at its edge, proofs, and random sequences."""
