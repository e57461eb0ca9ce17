"""The verbs of the case work. Each is one change, one event and its notices; none commits."""
