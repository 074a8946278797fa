"""The kiosk: what opening a business is, and how a visit goes. Points at nothing outside the standard library."""
