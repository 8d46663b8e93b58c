"""Several registers written into the tables of one: rows renumbered, sealed anew, and held against what they were."""
