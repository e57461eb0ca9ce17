"""How a document is written, whatever it says."""
