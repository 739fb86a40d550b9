"""The pages: what browsers see."""
