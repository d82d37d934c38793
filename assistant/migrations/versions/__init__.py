"""One module for each migration, in order; what a released one did is never changed."""
