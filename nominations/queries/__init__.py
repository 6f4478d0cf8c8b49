"""Reads: functions of a session and a viewer, scoped, ordered, paged by key; they never write."""
