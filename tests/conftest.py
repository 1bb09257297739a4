"""What the tests share: generated cases take their time, for a busy computer is no failure."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
