"""`sanad demo`: simulated people who go the whole way, through the real pages."""
