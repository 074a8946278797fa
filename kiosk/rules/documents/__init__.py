"""The documents of an opening (文书), one module each: from a case and the hall's facts to what the paper says."""
