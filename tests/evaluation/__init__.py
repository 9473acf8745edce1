"""`make eval`: the slow proofs that what was learned sounds as it should."""
