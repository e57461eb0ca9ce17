// The first thing to put right gets the focus, so that a screen reader says it.
document.querySelector(".alert[tabindex]")?.focus();
