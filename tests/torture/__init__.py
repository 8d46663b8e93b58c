"""The program ended at any moment of any act: what it had acknowledged stands, and nothing stands by halves."""
