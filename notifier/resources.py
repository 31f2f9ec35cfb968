"""Find the files that come with the package: templates, locales, the sample."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def resource_folder(name: str) -> Path:
    """Return the folder `templates`, `locales` or `examples`.

    An installed package carries them inside itself, a checkout beside itself.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
