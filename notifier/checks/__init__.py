"""Check a notice before anything leaves: all that is wrong, by named rules."""
