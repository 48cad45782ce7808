"""Using what is there: adapting, why something is as it is, where it is used, and what its rights allow."""
