/* page/kit_lists: facts, cards, timeline, steps and what is missing, as the living page shows them. */
#include "kit/lists.h"
#include "page/kit.h"

static void case_draw(struct page *page)
{
    identity_begin(page);
    identity_fact(page, "number", "0123/2026");
    identity_fact(page, "office", page_word(page, "kit_station"));
    identity_fact(page, "sections", "BNS 305, BNS 317(2)");
    identity_fact(page, "io", page_word(page, "kit_officer"));
    identity_tag(page, "stage", page_word(page, "kit_tag_note"), TONE_NOTE);
    identity_fact(page, "due", page_time(page, page->request->now));
    identity_tag(page, "sensitive", page_word(page, "not_published"), TONE_BAD);
    identity_proof(page, "proof", PROOF_SEALED);
    identity_end(page);
}

static void timeline_draw(struct page *page)
{
    static const char *const keys[] = {"kit_section_sign", "kit_section_contents", "kit_opened"};
    page_heading(page, "timeline");
    timeline_begin(page);
    for (int i = 0; i < 3; i++)
        timeline_moment(page, &(struct moment){.when = page_time(page, page->request->now - i * 7000000LL),
                                  .title = page_word(page, keys[i]),
                                  .address = "/kit?part=lists",
                                  .who = page_word(page, "kit_officer"),
                                  .words = i == 1 ? page_word(page, "kit_fact") : NULL,
                                  .proof = (enum proof)(PROOF_SAVED + i),
                                  .replaced = i == 1});
    timeline_end(page);
}

static void steps_draw(struct page *page)
{
    static const struct {
        const char *key;
        enum step_state state;
    } steps[] = {{"kit_section_offences", STEP_DONE}, {"kit_section_accused", STEP_BEGUN},
        {"kit_section_contents", STEP_WRONG}, {"kit_hindi", STEP_OPEN},
        {"kit_section_property", STEP_OPTIONAL}, {"kit_section_sign", STEP_WAITS}};
    steps_begin(page);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        bool waits = steps[i].state == STEP_WAITS;
        steps_step(page, &(struct step){.text = page_word(page, steps[i].key),
                             .address = waits ? NULL : "/kit?part=fields",
                             .hint = waits ? page_word(page, "kit_step_waits") : NULL,
                             .state = steps[i].state});
    }
    steps_end(page);
}

static void cards_draw(struct page *page)
{
    static const char *const titles[] = {"kit_card_one", "kit_card_two"};
    for (size_t i = 0; i < 2; i++) {
        card_begin(page, NULL, page_word(page, titles[i]), i ? "/kit?part=lists" : NULL);
        summary_begin(page);
        summary_change(
            page, page_word(page, "age"), i ? NULL : "34", "/kit?part=fields", page_word(page, "age"));
        summary_change(page, page_word(page, "relative"), i ? "—" : NULL, "/kit?part=fields",
            page_word(page, "relative"));
        summary_end(page);
        html_close(&page->html);
    }
}

void kit_lists_draw(struct page *page)
{
    case_draw(page);
    page_beside_begin(page);
    steps_draw(page);
    page_heading(page, "people");
    cards_draw(page);
    summary_begin(page);
    summary_row(page, "what", page_word(page, "kit_fact"));
    summary_row(page, "office", page_word(page, "kit_station"));
    summary_end(page);
    page_details_begin(page, NULL, page_word(page, "kit_fold"), false);
    page_text(page, page_word(page, "kit_fact"));
    html_close(&page->html);
    timeline_draw(page);
    page_beside(page, page_word(page, "still_missing"));
    missing_begin(page, 2);
    missing_item(page, "/kit?part=fields#kit.name", page_word(page, "kit_field_name"));
    missing_item(page, "/kit?part=fields#kit.text", page_word(page, "kit_field_text"));
    missing_end(page, 2);
    html_void(&page->html, "br", NULL);
    missing_begin(page, 0);
    missing_end(page, 0);
    page_beside_end(page);
}
