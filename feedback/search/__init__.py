"""One folded index that features write to."""
