"""Where a refusal appears on a form."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm


def put_error(form: FlaskForm, error: Any) -> None:
    """Beside its field, or above the form when it belongs to none."""
    field = getattr(form, error.field, None) if error.field else None
    if field is not None and hasattr(field, "errors"):
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors.append(error.message)
