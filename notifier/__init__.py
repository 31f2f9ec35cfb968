"""Make every localized output of an upgrade notice from one notice folder."""

__version__ = "0.1.0"
