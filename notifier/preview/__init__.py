"""The preview: a local page that shows every document as its readers will see it."""
