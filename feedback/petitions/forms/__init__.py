"""Forms of the case work. A form checks shape; the rules and verbs decide."""
