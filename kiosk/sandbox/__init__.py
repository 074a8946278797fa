"""The reference platform: a real server over real HTTP that keeps the wire contract, with simulated departments.

It has no authority and no legal effect, and says so on every answer (``Sandbox: true``). Not implemented: client
certificates (a header stands for them), Chinese national ciphers, any connection to a real department.
"""
