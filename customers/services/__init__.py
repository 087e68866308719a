"""The room of plain functions: everything that decides or writes is here."""
