"""Registers of any size that never were: made-up firms, people and classes, with irregularities at known places."""
