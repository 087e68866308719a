"""Each user's credentials: kept, encrypted, renewed; the client and rate limit to ask with."""
