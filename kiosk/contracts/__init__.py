"""What the inside needs from outside: Protocols and closed sets of states. No third-party type crosses them."""
