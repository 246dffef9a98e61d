"""Ids and file names made of what people write."""

import hashlib
import re
import unicodedata


def slug(title: str) -> str:
    """A title as an id: letters without accents, digits and hyphens; a hash of a title that has none of these."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80]
    return short or f"reading-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
