// Long texts (comments, an agency's answers to them) stay on this device until they are sent.
// The steps of a petition have a draft of their own: draft.js.
import { small } from "./small.js";

document.querySelectorAll("textarea[data-draft]").forEach(area => {
  const key = "draft:" + area.dataset.draft;
  if (!area.value) area.value = small.get(key) ?? "";
  area.addEventListener("input", () => small.set(key, area.value));
});
document.querySelectorAll("[data-draft-done]").forEach(mark => small.drop("draft:" + mark.dataset.draftDone));
