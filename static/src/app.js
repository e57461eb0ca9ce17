// Comforts only: every page works without this file. One comfort a file; what few pages need is an entry of its own.
import "./js/sent.js";
import "./js/words.js";
import "./js/focus.js";
import "./js/rows.js";
import "./js/pictures.js";
import "./js/copy.js";
import "./js/phone.js";
