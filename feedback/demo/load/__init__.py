"""Made-up history in bulk, for benchmarks: plain Python tells each file's life, rows go in by the thousand."""
