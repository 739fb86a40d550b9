"""Every part that pages are made of, on one page; only where examples are shown."""
