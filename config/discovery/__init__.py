"""How the world outside finds SeeNow: addresses per language, maps, share cards, structured data, the app."""
