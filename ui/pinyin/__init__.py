"""The on-screen keyboard's engine: pinyin letters into words, from a dictionary that is built at set-up."""
