"""Everything that speaks to the store server; takes and returns domain values."""
