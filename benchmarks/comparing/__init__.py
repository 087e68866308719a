"""What measures this tree and another release beside each other."""
