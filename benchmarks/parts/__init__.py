"""What the benchmarks are made of: the stage, servers, a client, tables."""
