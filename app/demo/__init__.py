"""The demo company: Tessmar, which makes grippers, vacuum systems and force sensors for robots.

`content/` holds what its people wrote, as text; `script.py` reads it; `stage.py` plays it by the usual actions.
"""
