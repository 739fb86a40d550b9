"""The app of coordinators: its own process, its own port."""
