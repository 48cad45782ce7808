"""Hand-offs: marketing gives sales a lead in conversation, under a clock, and hears what came of it."""
