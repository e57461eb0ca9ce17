"""Version numbers of what pages are made of."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from feedback.core.db import Model


class PageVersion(Model):
    """``name`` says of what ("item:12", "reference"); ``number`` rises with each change of it, in the
    transaction of the change."""

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    number: Mapped[int] = mapped_column(sa.BigInteger)
