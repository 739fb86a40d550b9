"""When things are done: the only place that joins pool and engine."""
