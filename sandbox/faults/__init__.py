"""What the sandbox does wrong when it is told to."""
