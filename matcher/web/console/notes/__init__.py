"""What peers ask coordinators: opened and answered here, without knowing whose it is."""
