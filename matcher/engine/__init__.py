"""Who is paired with whom: pure numerics over one pool, without clock, network or files."""
