"""What everybody may find: who is put into the index as what, and when.

The features know nothing of it: followers of the record's events keep it true (``app.py``), and ``flask
search rebuild`` compares all of it with what it is made of.
"""
