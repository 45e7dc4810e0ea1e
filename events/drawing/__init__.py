"""Pictures drawn by code for the demo: no photograph, no model, the same on every machine."""
