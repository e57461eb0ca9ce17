"""Pages of signed-out readers, kept until one of the versions that they were made from changes."""
