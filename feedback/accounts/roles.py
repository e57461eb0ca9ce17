"""Roles and what each may do. docs/permissions.md says the same and a test compares them."""

from __future__ import annotations

DESK = frozenset({"petitions:read", "inbox:read"})

DECIDES = DESK | {
    "progress:report",
    "publications:keep",
    "comments:reply",
    "petitions:receive",
    "petitions:assign",
    "petitions:transfer",
    "petitions:approve",
    "petitions:screen",
    "petitions:seal",
    "petitions:give_part",
}

PERMISSIONS: dict[str, frozenset[str]] = {
    # an officer works on the files given to her
    "officer": DESK
    | {
        "progress:report",
        "publications:keep",
        "comments:reply",
        "petitions:answer",
        "petitions:ask_part",
        "petitions:ask_resident",
        "petitions:extend",
        "petitions:give_part",
        "petitions:seal",
    },
    # văn thư: takes files in and hands them out
    "clerk": DESK
    | {
        "progress:report",
        "publications:keep",
        "comments:reply",
        "petitions:receive",
        "petitions:assign",
        "petitions:screen",
        "petitions:give_part",
    },
    # the head decides: hands out, passes on, approves what others wrote
    "head": DECIDES | {"petitions:approve_as_head"},
    # whoever decides in the head's place, but for what the head must decide in person
    "deputy": DECIDES,
    # the focal agency's dispatcher: what has no clear owner
    "dispatcher": DESK
    | {
        "comments:reply",
        "petitions:dispatch",
        "petitions:receive",
        "petitions:transfer",
        "petitions:screen",
        "petitions:read_all",
        "petitions:read_held",
        "petitions:judge_held",
        "oversight:read",
    },
    # the focal agency's editor: plans
    "editor": frozenset(
        {
            "comments:reply",
            "plans:import",
            "plans:publish",
            "progress:report",
            "publications:keep",
            "inbox:read",
            "oversight:read",
        }
    ),
    "desk_clerk": frozenset({"petitions:enter", "publications:keep", "inbox:read"}),
    "front": frozenset(
        {
            "oversight:read",
            "petitions:read_all",
            "petitions:read_held",
            "supports:read",
            "inbox:read",
        }
    ),
    "moderator": frozenset({"comments:moderate", "supports:judge", "supports:read", "inbox:read"}),
    "admin": frozenset({"people:manage", "site:manage", "data:decide", "inbox:read"}),
}

ROLES = tuple(PERMISSIONS)
ALL_PERMISSIONS = frozenset().union(*PERMISSIONS.values())
