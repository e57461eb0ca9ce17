// The map of vector tiles (Protomaps' basemap), read from the operator's one file in parts and drawn on the phone.
import L from "leaflet";
import { leafletLayer } from "protomaps-leaflet";
import { openMap } from "./js/map.js";

window.L = L; // where protomaps-leaflet looks for it
openMap(words => leafletLayer({ url: words.tiles, flavor: "light", attribution: "", lang: document.documentElement.lang, maxDataZoom: Number(words.most) }));
