"""Public bodies through time: agencies, groups, reorganisations, successors."""
