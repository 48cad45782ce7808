"""Tasks and milestones, light: what is to be done in a space, who does it, until when, and how far it is."""
