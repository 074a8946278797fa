"""The conformance kit: our reading of the contract, tried out on any platform that claims to keep it."""
