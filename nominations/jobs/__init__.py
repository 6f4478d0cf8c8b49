"""Work that falls due without a click: the outbox, reminders, checkpoints."""
