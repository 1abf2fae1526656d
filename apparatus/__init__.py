"""Finding and starting real parts: an environment, a Redis, an SMTP server, no orphans. No Django here."""
