"""Statistics: who answers, who does not, and the files behind every number."""
