"""Who may see what: proofs, what is visible, what is past."""
