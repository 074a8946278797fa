// The device holds what was asked for: laid ready for the hand-over.
DeviceSettled {}
