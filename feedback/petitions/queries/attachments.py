"""What came with a petition."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from feedback.core.db import db
from feedback.core.ids import keyed_hash
from feedback.files.models import StoredFile
from feedback.petitions.models import Attachment, BlurredCopy, HeldPetition, Petition

WITH_FILE = (
    joinedload(Attachment.file).joinedload(StoredFile.thumbnail),
    joinedload(Attachment.blurred).joinedload(BlurredCopy.file).joinedload(StoredFile.thumbnail),
)


def attachments_of(petition: Petition, *, public: bool = False) -> Sequence[Attachment]:
    """Its files in the order in which they were sent; with ``public`` those that everybody may see."""
    query = sa.select(Attachment).where(Attachment.petition_id == petition.id)
    if public:
        query = query.where(Attachment.is_public)
    return db.session.scalars(query.options(*WITH_FILE).order_by(Attachment.position)).all()


def sent_files(key: str) -> set[str]:
    """SHA-256 of what came with the petition that was sent under a form's key, or is held of it, if it was."""
    hashed = keyed_hash(key, "submission")
    sent = (
        sa.select(StoredFile.sha256)
        .join(Attachment, Attachment.file_id == StoredFile.id)
        .join(Attachment.petition)
        .where(Petition.submission_key == hashed)
    )
    held = (
        sa.select(StoredFile.sha256)
        .join(HeldPetition, StoredFile.subject == "held:" + HeldPetition.public_id)
        .where(HeldPetition.submission_key == hashed)
    )
    return set(db.session.scalars(sa.union(sent, held)))


def attachment(public_id: str) -> Attachment | None:
    """One file with its petition and the sender's address: all that deciding who may read it takes.
    Of a sealed petition nobody finds anything."""
    return db.session.scalar(
        sa.select(Attachment)
        .join(Attachment.petition)
        .where(Attachment.public_id == public_id, Petition.state != "sealed")
        .options(
            contains_eager(Attachment.petition).joinedload(Petition.contact),
            *WITH_FILE,
        )
    )
