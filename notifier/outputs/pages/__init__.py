"""What is published: the docs tree and the web site."""
