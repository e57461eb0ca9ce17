"""One item of a reading: its values, splitting, adding, moving, merging, deleting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from feedback.core.permissions import allow, current_person
from feedback.importer import actions, queries
from feedback.importer.forms import AddForm, ItemForm, PlaceForm, ShapeForm, SplitForm, filled
from feedback.importer.models import Reading
from feedback.importer.rules import editing, shaping
from feedback.importer.rules.rows import row
from feedback.importer.rules.tree import Node, Tree
from feedback.importer.views import bp
from feedback.importer.views.edits import run
from feedback.importer.views.review import find, page

SHAPES: dict[str, Callable[..., Tree]] = {
    "up": partial(shaping.shift, steps=-1),
    "down": partial(shaping.shift, steps=1),
    "merge": shaping.merge,
    "delete": shaping.delete,
}


@bp.route("/readings/<int:reading_id>/items/<key>", methods=["GET", "POST"])
@allow("plans:import")
def item(reading_id: int, key: str) -> Any:
    """Correct one item."""
    reading, tree, node = _node(reading_id, key)
    form = ItemForm(**filled(node, reading.lock))
    bodies = queries.bodies(queries.issued_on(tree))

    def act() -> None:
        wanted = form.correction(bodies.code_of)
        if wanted is None:
            raise actions.not_yet()
        change = partial(editing.correct, key=key, wanted=wanted)
        actions.edit(reading, change, what="correct", key=key, by=current_person())

    def show() -> str:
        return _page(reading, tree, node, form, ShapeForm(), list(bodies.names.values()))

    stay = request.form.get("stay") == "1"
    to = url_for("importer.item", reading_id=reading.id, key=key)
    return run(form, reading, act, show, to if stay else _review(reading, key))


@bp.post("/readings/<int:reading_id>/items/<key>/moves")
@allow("plans:import")
def shape(reading_id: int, key: str) -> Any:
    """Move an item up, down or below another one; merge it with the next; delete it."""
    reading, tree, node = _node(reading_id, key)
    form = ShapeForm()
    form.under.choices = _targets(tree, node)
    what = form.what.data or ""

    def act() -> None:
        change = SHAPES.get(what) or partial(shaping.move, under=(form.under.data or "-")[1:])
        actions.edit(
            reading, partial(change, key=key), what=what[:12], key=key, by=current_person()
        )

    def show() -> str:
        fields = ItemForm(formdata=None, **filled(node, reading.lock))
        names = list(queries.bodies(queries.issued_on(tree)).names.values())
        return _page(reading, tree, node, fields, form, names)

    if what not in {*SHAPES, "under"}:
        abort(404)
    there = url_for("importer.item", reading_id=reading.id, key=key)
    to = _review(reading, "") if what == "delete" else there
    return run(form, reading, act, show, to)


@bp.route("/readings/<int:reading_id>/items/<key>/parts/new", methods=["GET", "POST"])
@allow("plans:import")
def split(reading_id: int, key: str) -> Any:
    """Make two items of one."""
    reading, _tree, node = _node(reading_id, key)
    form = SplitForm(seen=reading.lock)
    text = node.text.text
    form.at.choices = [(str(at), text[at : at + 120]) for at in shaping.breaks(text)]

    def act() -> None:
        change = partial(shaping.split, key=key, at=int(form.at.data), label=form.label.data)
        actions.edit(reading, change, what="split", key=key, by=current_person())

    def show() -> str:
        return render_template("importer/reading/split.html", reading=reading, node=node, form=form)

    return run(form, reading, act, show, _review(reading, key))


@bp.post("/readings/<int:reading_id>/arrangements")
@allow("plans:import")
def take_in(reading_id: int) -> Any:
    """Take a task that the document gives in passing among the items."""
    reading, form = find(reading_id), PlaceForm()
    key = form.place.data or ""

    def act() -> None:
        change = partial(shaping.take_in, key=key)
        actions.edit(reading, change, what="take_in", key=key, by=current_person())

    return run(form, reading, act, lambda: page(find(reading_id), form), _review(reading, key))


@bp.route("/readings/<int:reading_id>/items/new", methods=["GET", "POST"])
@allow("plans:import")
def add(reading_id: int) -> Any:
    """Write down an item that the reader missed, behind another one."""
    reading = find(reading_id)
    form, after = AddForm(seen=reading.lock), request.args.get("after", "")

    def act() -> None:
        change = partial(shaping.add, after=after, label=form.label.data, text=form.text.data)
        actions.edit(reading, change, what="add", key=after, by=current_person())

    def show() -> str:
        return render_template("importer/reading/add.html", reading=reading, form=form)

    return run(form, reading, act, show, _review(reading, after))


def _node(reading_id: int, key: str) -> tuple[Reading, Tree, Node]:
    reading = find(reading_id)
    tree = queries.tree(reading)
    try:
        return reading, tree, tree[key]
    except KeyError:
        abort(404)


def _targets(tree: Tree, node: Node) -> list[tuple[str, str]]:
    """Below what an item may be moved: its value is a dash and the key, so that the top has one too."""
    first = tree.nodes.index(node)
    own = {one.key for one in tree.nodes[first : first + 1 + tree.below(node.key)]}
    found = [("-", _("at the top"))] if node.parent else []
    for one in tree.nodes:
        if one.key not in own and one.key != node.parent:
            found.append((f"-{one.key}", f"{one.path} {one.title or one.text.text}"[:80]))
    return found


def _page(
    reading: Reading, tree: Tree, node: Node, form: ItemForm, shapes: ShapeForm, names: list[str]
) -> str:
    shapes.seen.data, shapes.under.choices = str(reading.lock), _targets(tree, node)
    above = tree[node.parent] if node.parent else None
    shown = row(node, reading.lines, above)
    return render_template(
        "importer/reading/item.html",
        reading=reading,
        row=shown,
        form=form,
        shapes=shapes,
        names=names,
        children=tree.children(node.key),
    )


def _review(reading: Reading, key: str) -> str:
    return url_for("importer.review", reading_id=reading.id, _anchor=key or None)
