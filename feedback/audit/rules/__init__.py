"""Pure rules of the record: canonical bytes, hashes, and how a chain is checked."""
