"""The demo: one whole visit on one machine. Starts the real programs as processes of their own and, without a screen,
plays the person: real input events into the windows, real commands to the virtual devices."""
