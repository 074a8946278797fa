"""Code lists of nation and city: typed look-ups over versioned data files."""
