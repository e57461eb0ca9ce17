// Comforts of reading a plan in: every page works without this file.
import "./js/uploading.js";
import "./js/beside.js";
import "./js/swap.js";
import "./js/autosave.js";
import "./js/waiting.js";
