"""Closed libraries of device makers, each in a process of its own: what crashes or hangs there stays there."""
