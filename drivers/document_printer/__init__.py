"""Document printers (IPP): the hand-over sheet on A4, straight to the device."""
