"""Comments of residents under plan items."""
