"""The changes of all organizations that a user may see, narrowed, counted, paged and exported."""
