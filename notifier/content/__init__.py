"""Turn facts and words into documents: templates, views, dialect, editions."""
