"""Writes: one public function a use case, given the actor and the clock; they never know Flask."""
