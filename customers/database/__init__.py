"""What the ORM lacks, using public APIs only."""
