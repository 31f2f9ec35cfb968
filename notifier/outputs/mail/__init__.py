"""Messages: laid out and encoded once per edition, merged per contact."""
