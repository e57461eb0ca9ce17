// The map of drawn tiles (PNG, JPEG, WebP), read from the operator's one file in parts.
import { PMTiles, leafletRasterLayer } from "pmtiles";
import { openMap } from "./js/map.js";

openMap(words => leafletRasterLayer(new PMTiles(words.tiles), { maxNativeZoom: Number(words.most), maxZoom: Number(words.most) + 2 }));
