"""The translators' workflow: what there is to say, and what has been said of it."""
