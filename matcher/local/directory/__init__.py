"""`sanad services`: the directory as an operator sees it."""
