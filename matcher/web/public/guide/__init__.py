"""What somebody who listens is and is not, and what they can say when it gets hard."""
