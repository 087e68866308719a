"""What `make run` does: the first .env, the sandbox, demo users, the start."""
