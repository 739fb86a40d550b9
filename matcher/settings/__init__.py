"""Settings: frozen values from config/*.toml and SANAD_* variables, checked at start."""
