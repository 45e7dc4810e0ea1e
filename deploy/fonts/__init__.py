"""The faces pages are set in, cut down to what they say: `make fonts` writes static/fonts/ and fonts.css.

Sources are the packages in node_modules. The signs are those of the festivals' names and greetings; Chinese
has the signs of its headings, read from the templates and the catalogue. tests/look/test_tokens.py says when
to run it again.
"""
