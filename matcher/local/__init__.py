"""Everything on one machine: servers of our own, the processes around them, `sanad up`."""
