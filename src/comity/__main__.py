"""`python -m comity` is `comity`."""

from comity.app.cli import main

main()
