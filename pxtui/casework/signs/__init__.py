"""Signs of fraud in filed cases: found, decided about, and looked into by calls to a sample."""
