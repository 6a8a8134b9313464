"""What a person touches: the command line, web pages and the JSON interface."""
