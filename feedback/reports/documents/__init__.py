"""What each document says: one file a document."""
