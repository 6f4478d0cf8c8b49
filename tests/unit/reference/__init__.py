"""Tests of the reference data: counts, dates, marks, and the plan word for word."""
