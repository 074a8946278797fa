"""Rules of the field as pure functions: they return findings, all at once, and never raise."""
