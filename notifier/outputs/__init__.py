"""Write the notice for each medium: one module each."""
