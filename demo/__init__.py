"""What `make run` does: create .env, run the sandbox, fill in demo users, serve."""
