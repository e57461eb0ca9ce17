"""Real servers for the tests: PostgreSQL, SMTP, the site itself."""
