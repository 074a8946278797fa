// The device holds something else: put aside, and never handed over.
DeviceSettled {}
