"""Virtual devices: the hardware of a hall as one process that speaks the real wire.

Nothing in here knows a driver. Each device was written from the public descriptions of its protocol alone, so that a
mistake in a driver and a mistake in its counterpart cannot cancel out. Hands are verbs on the control channel:
laying a card, opening a cover, pulling a cable.
"""
