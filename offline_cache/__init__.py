"""What this machine remembers of the platform and still owes it: one encrypted file, one outbox, one loop."""
