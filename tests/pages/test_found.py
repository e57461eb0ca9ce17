"""How pages are found and passed on: titles, descriptions, addresses, the map for search engines."""

from __future__ import annotations

import re
from html import unescape

import sqlalchemy as sa

from feedback.core.db import commit, db
from feedback.petitions.models import Petition
from tests.accounts.browser import Browser
from tests.pages.conftest import Story

CARD = ("og:title", "og:description", "og:url", "og:image", "og:site_name")


def addresses_of(story: Story) -> list[str]:
    """All that the site's map names, part by part."""
    reader, found = Browser(story.site), []
    base = story.site.config["BASE_URL"]
    told = reader.get("/robots.txt").text
    assert told.rstrip().endswith(f"Sitemap: {base}/sitemap.xml")
    for part in re.findall("<loc>(.*?)</loc>", reader.get("/sitemap.xml").text):
        answer = reader.get(part.removeprefix(base))
        assert answer.mimetype == "application/xml"
        found += re.findall("<loc>(.*?)</loc>", answer.text)
    return [unescape(address).removeprefix(base) for address in found]


def said(page: str, name: str) -> str:
    """The content of a page's meta element."""
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def test_each_page_that_can_be_found_says_what_it_is_and_no_other_says_the_same(
    story: Story,
) -> None:
    found = addresses_of(story)
    assert len(set(found)) == len(found) > 100
    answered = f"/petitions/{story.petitions['answered']}"
    item = f"/items/{story.item_id}"
    assert {"/", "/plans", f"/plans/{story.plan_id}", item, answered} <= set(found)
    some = [a for a in found if not a.startswith("/communes/")][:40]
    more = ["/communes/xa-tan-bien", *(f"{item}/{page}" for page in ("documents", "versions"))]
    titles: dict[str, str] = {}
    words: dict[str, str] = {}
    for address in [*some, *more, f"{item}/progress", f"/plans/{story.plan_id}/progress"]:
        page = Browser(story.site).get(address).text
        title = unescape(page.split("<title>")[1].split("</title>")[0])
        assert not (same := titles.get(title)), f"{address} and {same} are both called {title}"
        assert not (same := words.get(said(page, "description"))), f"{address} is as {same}"
        titles[title] = words[said(page, "description")] = address
        base = story.site.config["BASE_URL"]
        assert f'<link rel="canonical" href="{base}{address}">' in page
        assert all(said(page, name) for name in CARD), address
        assert said(page, "og:url") == f"{base}{address}" and not said(page, "robots")


def test_what_is_not_public_is_in_no_map_and_forms_are_not_to_be_found(story: Story) -> None:
    with story.site.app_context():
        petition = db.session.scalars(
            sa.select(Petition).where(Petition.public_id == story.petitions["answered"])
        ).one()
        petition.is_public = False
        commit()
    hidden = story.petitions["answered"], story.petitions["in_progress"]
    assert not [address for address in addresses_of(story) if address.endswith(hidden)]
    for address in ("/submit", "/track", "/search", f"/items/{story.item_id}/comments/new"):
        page = Browser(story.site).get(address).text
        assert said(page, "robots") == "noindex" and "canonical" not in page
