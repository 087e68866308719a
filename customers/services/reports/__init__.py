"""Reports: silent renewals, how long delinquency lasts, and how fresh the answers are."""
