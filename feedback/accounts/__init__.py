"""People, roles, sign-in and server-side sessions."""
