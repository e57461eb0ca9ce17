"""Plans, their versions, the tree of items and who is responsible for each."""
