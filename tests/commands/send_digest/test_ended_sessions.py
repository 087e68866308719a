"""`send_digest`: a session that has ended or soon will is told."""
