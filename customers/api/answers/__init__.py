"""What a program is told, ready for JSON. Whatever shows billing is recorded."""
