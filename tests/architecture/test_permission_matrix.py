"""Every address × every member of the cast: one table says who gets in, and every address is in it."""

from __future__ import annotations

from collections.abc import Callable

from feedback.comments import queries
from feedback.comments.actions import let_appear
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions.actions import ending
from feedback.petitions.models import Petition
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.people import CAST, person

SignIn = Callable[[str], Browser]
STAFF = frozenset(CAST)
SO_TAI_CHINH = {"binh", "lan", "giang", "thu"}
OPEN = "everybody"

# endpoint → who gets 200 (OPEN: no sign-in needed); everybody else 403, a stranger is asked to sign in
WHO: dict[str, str | set[str] | frozenset[str]] = {
    "petitions.desk": SO_TAI_CHINH | {"cuc", "yen"},
    "reports.queue_xlsx": SO_TAI_CHINH | {"cuc", "yen"},
    "petitions.dispatch": {"yen"},
    "petitions.held_list": {"yen", "dung"},
    "petitions.held_group": set(),  # found while something is held
    "petitions.file": SO_TAI_CHINH | {"yen", "dung"},
    "petitions.receive": {"thu", "giang"},
    "petitions.assign": {"thu", "giang"},
    "petitions.transfer": {"giang"},
    "petitions.answer": {"binh"},
    "petitions.ask_part": {"binh"},
    "petitions.part_list": SO_TAI_CHINH | {"cuc", "yen"},
    "petitions.part": SO_TAI_CHINH | {"cuc", "yen", "dung"},
    "petitions.show_part": {"giang"},
    "petitions.approve": {"giang"},
    "petitions.send_back": {"giang"},
    "publication.own": SO_TAI_CHINH | {"cuc", "yen"},
    "publication.new": SO_TAI_CHINH | {"cuc", "yen"},
    # found by the body whose entry it is
    "publication.entry": set(),
    "publication.post": set(),
    "publication.take_down": set(),
    "plans.my_items": SO_TAI_CHINH | {"cuc", "yen"},
    # whom the item names: the lead of today, and the departments that help
    "plans.new_report": SO_TAI_CHINH | {"cuc", "yen"},
    "plans.new_milestone": SO_TAI_CHINH,
    "plans.move_milestone": set(),  # found where there is a milestone
    "plans.new_target": {"yen"},
    "plans.correct_target": set(),  # found where there is a target
    "plans.withdraw_target": set(),
    "plans.weigh": {"yen"},
    "comments.desk": {"minh"},
    "comments.decide": {"minh"},
    "comments.erase": {"minh"},
    # whom the item names as leading or coordinating ("các sở, ban, ngành tỉnh"), and the focal agency
    "comments.reply_officially": SO_TAI_CHINH | {"cuc", "yen"},
    "petitions.entries": {"sau"},
    "petitions.new_entry": {"sau"},
    "petitions.entry_receipt": {"sau"},
    "petitions.entry": set(),  # found by the clerk who wrote it down, on that day
    "petitions.ask_resident": {"binh"},
    "petitions.extend": {"binh"},
    "petitions.decide_extension": {"giang"},
    "petitions.decline": {"thu", "giang"},
    "petitions.decide_refusal": {"giang"},
    "petitions.guide": {"thu", "giang"},
    "petitions.merge": {"thu", "giang"},
    "petitions.screen_pictures": {"thu", "giang"},
    "petitions.blur_picture": {"thu", "giang"},
    "importer.plan_list": {"yen"},
    "importer.upload": {"yen"},
    "importer.show": {"yen"},
    "importer.new_version": {"yen"},
    "importer.uploading": set(),  # found while a file is read
    "importer.review": {"yen"},
    "importer.source": {"yen"},
    "importer.head": {"yen"},
    "importer.item": {"yen"},
    "importer.split": {"yen"},
    "importer.add": {"yen"},
    "importer.changes": {"yen"},
    "importer.describe": {"yen"},
    "monitoring.oversight": {"dung", "yen"},
    "monitoring.oversight_files": {"dung", "yen"},
    "monitoring.oversight_csv": {"dung", "yen"},
    "reports.oversight_xlsx": {"dung", "yen"},
    "reports.oversight_files_csv": {"dung", "yen"},
    "reports.oversight_files_xlsx": {"dung", "yen"},
    "notifications.inbox": STAFF,
    "accounts.show_again": STAFF,
    "accounts.notice_settings": STAFF,
    "supports.desk": {"minh", "dung"},
    "petitions.data_requests": {"an"},
    "petitions.decide_data_request": set(),  # found by the administrator, where somebody asked
    "pages.admin": {"an"},
    "reports.people_csv": {"an"},
    "reports.people_xlsx": {"an"},
    "pages.wordings": {"an"},
    "notifications.new_mail_test": {"an"},
    "pages.reorganisations": {"an"},
    "pages.new_reorganisation": {"an"},
    "pages.reorganisation": {"an"},
    "pages.change_reorganisation": {"an"},
    "pages.add_act_body": {"an"},
    "pages.add_act_line": {"an"},
    "pages.rehearse_act": {"an"},
    "pages.execute_act": {"an"},
    "pages.decide_wording_page": {"an"},
}
PUBLIC = {
    "accounts.ask_code",
    "accounts.code",
    "accounts.enter_code",
    "accounts.invitation_qr",
    "accounts.language",
    "accounts.lost_code",
    "accounts.show_invitation",
    "accounts.sign_in",
    "accounts.text_size",
    "comments.mark",
    "comments.new_comment",
    "comments.reply",
    "comments.report",
    "comments.show",
    "comments.thanks",
    "comments.withdraw",
    "monitoring.transparency",
    "monitoring.transparency_csv",
    "reports.transparency_xlsx",
    "monitoring.transparency_files",
    "notifications.trial_mail",
    "notifications.trial_message",
    "pages.commune",
    "pages.communes",
    "pages.guide",
    "pages.guide_complaint",
    "pages.guide_denunciation",
    "pages.healthz",
    "pages.home",
    "pages.item",
    "pages.kept",
    "pages.map_tiles",
    "pages.manifest",
    "pages.offline",
    "pages.service_worker",
    "pages.metrics",
    "pages.privacy",
    "pages.robots",
    "pages.sitemap",
    "pages.sitemap_part",
    "pages.readyz",
    "pages.search",
    "pages.search_offers",
    "pages.style",
    "petitions.dispute",
    "petitions.attachment",
    "petitions.attachment_thumbnail",
    "petitions.draft_thumbnail",
    "petitions.follow",
    "petitions.follow_calendar",
    "petitions.mine",
    "petitions.fresh_token",
    "petitions.new_petition",
    "petitions.offline_form",
    "petitions.ask_deletion",
    "petitions.ask_correction",
    "petitions.correct_own",
    "petitions.delete_account",
    "petitions.own_data",
    "petitions.own_data_zip",
    "petitions.receipt",
    "petitions.receipt_calendar",
    "petitions.receipt_qr",
    "petitions.save_receipt",
    "petitions.show",
    "petitions.supply",
    "petitions.track",
    "petitions.unfollow",
    "petitions.withdraw",
    "supports.enter_code",
    "supports.new_support",
    "supports.take_back",
    "plans.evidence",
    "plans.evidence_thumbnail",
    "pages.item_feed",
    "pages.plan_feed",
    "plans.enter_code",
    "plans.item_progress",
    "plans.item_versions",
    "plans.new_follow",
    "plans.unfollow",
    "publication.evidence",
    "publication.item_documents",
    "publication.register",
    "reports.publications_docx",
    "reports.publications_xlsx",
    "reports.answer_sheet",
    "reports.item_sheet",
    "reports.plan_sheet",
    "plans.plan_list",
    "plans.plan_progress",
    "plans.show_plan",
}
# whoever holds the right but not over this file: it does not exist for them
NOT_THERE = {
    ("cuc", "petitions.file"),
    ("cuc", "petitions.answer"),
    ("cuc", "petitions.ask_part"),
    ("sau", "petitions.entry"),
    ("yen", "petitions.held_group"),
    ("dung", "petitions.held_group"),
    *((name, "plans.move_milestone") for name in SO_TAI_CHINH),
    ("yen", "importer.uploading"),
    ("yen", "plans.correct_target"),
    ("yen", "plans.withdraw_target"),
    *(
        (name, f"publication.{page}")
        for name in SO_TAI_CHINH | {"cuc", "yen"}
        for page in ("entry", "post", "take_down")
    ),
    ("an", "petitions.decide_data_request"),
    ("cuc", "petitions.ask_resident"),
    ("cuc", "petitions.extend"),
}
STATE_FOR = {
    "petitions.receive": "submitted",
    "petitions.assign": "received",
    "petitions.approve": "awaiting_approval",
    "petitions.send_back": "awaiting_approval",
    "petitions.decline": "received",
    "petitions.decide_refusal": "received",
    "petitions.guide": "received",
}


def addresses(story: Story) -> dict[str, str]:
    app, found = story.site, {}
    with app.app_context():
        comment = queries.comment(story.comment)
        assert comment is not None
        let_appear(comment, seen="pending", by=person("minh"))
        commit()
        db.session.remove()
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint not in WHO:
                continue
            values = {
                "public_id": story.petitions[STATE_FOR.get(rule.endpoint, "in_progress")],
                "plan_id": story.plan_id,
                "item_id": story.item_id,
                "assignment_id": story.assignment_id,
                "reading_id": story.reading_id,
                "key": story.node,
                "part_id": story.part,
                "wording_id": story.wording,
                "milestone_id": 1,
                "target_id": 1,
                "posting_id": 1,
            }
            wanted = {name: values[name] for name in rule.arguments}
            if rule.endpoint == "plans.weigh":
                wanted = {"plan_id": story.plan_id, "item_id": story.group_id}
            if rule.endpoint == "monitoring.oversight_files":
                wanted["indicator"] = "received"
            if rule.endpoint.startswith("comments.") and "public_id" in wanted:
                wanted["public_id"] = story.comment
            if rule.endpoint.startswith("pages.") and "public_id" in wanted:
                wanted["public_id"] = story.act
            found[rule.endpoint] = app.url_for(rule.endpoint, **wanted)
    return found


def test_every_address_is_in_the_table(story: Story) -> None:
    known = {
        rule.endpoint
        for rule in story.site.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    }
    assert known == set(WHO) | PUBLIC
    for endpoint in PUBLIC:
        assert getattr(story.site.view_functions[endpoint], "__access__", "") == "public"


def test_everybody_gets_in_where_the_table_says(story: Story, signed_in: SignIn) -> None:
    found = addresses(story)
    assert set(found) == set(WHO)
    stranger = Browser(story.site)
    for endpoint, path in found.items():
        answer = stranger.get(path)
        assert (answer.status_code, "/sign-in" in answer.location) == (302, True), endpoint
    for name in CAST:
        browser = signed_in(name)
        for endpoint, path in found.items():
            allowed = name in WHO[endpoint]
            expected = 200 if allowed else 404 if (name, endpoint) in NOT_THERE else 403
            assert browser.get(path).status_code == expected, (name, endpoint)


def test_a_sealed_or_unscreened_file_is_nowhere(story: Story, signed_in: SignIn) -> None:
    private, sealed = story.petitions["submitted"], story.petitions["in_progress"]
    with story.site.app_context():
        petition = db.session.query(Petition).filter_by(public_id=sealed).one()
        sealing = ending.propose_seal(petition, by=person("binh"))
        ending.confirm_seal(petition, sealing, on=clock.today(), by=person("giang"))
        commit()
        db.session.remove()
    stranger = Browser(story.site)
    assert stranger.get(f"/petitions/{private}").status_code == 404
    assert stranger.get(f"/petitions/{sealed}").status_code == 404
    for name in ("binh", "giang", "yen", "dung"):
        assert signed_in(name).get(f"/officer/petitions/{sealed}").status_code == 404
        assert signed_in(name).get("/oversight/files?indicator=received").text.count(sealed) == 0
