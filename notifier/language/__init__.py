"""Words and formats of each language: catalogs, dates, windows, durations, lists."""
