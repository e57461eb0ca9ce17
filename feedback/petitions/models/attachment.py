"""Pictures and papers that came with a petition."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.core.db import Created, Model, PublicId
from feedback.files.models import StoredFile
from feedback.petitions.models.petition import Petition


class Attachment(PublicId, Created, Model):
    """One cleaned file of a petition. Nobody but the sender and the agency sees it unless whoever
    screened the file let the public see this very one (faces, plates, papers of third persons)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(sa.ForeignKey("petition.id"))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    position: Mapped[int]  # 1, 2, … in the order in which they were sent
    is_public: Mapped[bool] = mapped_column(default=False)
    petition: Mapped[Petition] = relationship()
    file: Mapped[StoredFile] = relationship()
    blurred: Mapped[BlurredCopy | None] = relationship(back_populates="attachment")
    __table_args__ = (sa.UniqueConstraint("petition_id", "position"),)

    @property
    def shown_file(self) -> StoredFile:
        """What the public gets: the blurred copy where an officer made one."""
        return self.blurred.file if self.blurred else self.file

    @property
    def own_name(self) -> str:
        """What it is called when somebody saves it; the name that the sender gave it stays inside."""
        kind = "anh" if self.file.is_picture else "tep"
        ending = "jpg" if self.file.is_picture else self.file.paper.lower()
        return f"{self.petition.reference}-{kind}-{self.position}.{ending}"


class BlurredCopy(Created, Model):
    """A picture in which an officer made faces or plates unreadable before the public sees it; the
    picture itself stays for the sender and for the staff of the file."""

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(sa.ForeignKey("attachment.id"), unique=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    attachment: Mapped[Attachment] = relationship(back_populates="blurred")
    file: Mapped[StoredFile] = relationship()
