"""Pages that lead to the sign-in provider and back."""
