"""The demo's goods, modelled and photographed by code.

Runs in an environment of its own (`make pictures`, requirements/modelling.in) and is never imported by the
application: what it makes lies under catalog/demo/media. See docs/imagery.md.
"""
