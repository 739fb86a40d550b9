"""The pages of seekers and peers: one small folder a page or a walk through pages."""
