"""What staff see: pages, sign-in and the back office."""
