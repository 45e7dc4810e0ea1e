"""Where allauth and Django meet our domain."""
