"""Django's own entry, for development; operators use the `wayfellow` command."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayfellow.config.settings.test")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
