"""What the ORM lacks, by public APIs alone."""
