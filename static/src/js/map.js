// A map on which one pin is set: by tapping, with keys (the middle of the map), or where the telephone is.
import L from "leaflet";

const KEPT = 5, NEAR = 16;

export function openMap(tiles) {
  const field = document.querySelector("#pin-field"), words = field.dataset, input = field.querySelector("[name=pin]");
  const one = name => field.querySelector(`[data-${name}]`), said = field.querySelector("[role=status]");
  const [west, south, east, north] = words.bounds.split(",").map(Number), bounds = L.latLngBounds([south, west], [north, east]);
  one("open").hidden = true;
  field.querySelectorAll("[data-with-map]").forEach(part => { part.hidden = false });
  const map = L.map(one("map"), { zoomControl: false, maxBounds: bounds.pad(.2), minZoom: Number(words.least), maxZoom: Number(words.most) + 2, attributionControl: false, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  L.control.zoom({ zoomInTitle: words.nearer, zoomOutTitle: words.farther }).addTo(map);
  L.control.attribution({ prefix: false }).addAttribution(words.credit).addTo(map);
  const layer = tiles(words);
  layer.on("tileloadstart", ({ tile }) => { if (tile.tagName === "IMG") tile.alt = "" }); // each alone says nothing
  layer.addTo(map);
  let pin = null;

  function set(place, text = words.set) {
    const { lat, lng } = place;
    if (!bounds.contains(place)) { said.textContent = words.beyond; return }
    pin ??= L.marker(place, { icon: L.divIcon({ className: "pin", iconSize: [28, 38], iconAnchor: [14, 38] }), keyboard: false, interactive: false }).addTo(map);
    pin.setLatLng(place);
    change(`${lat.toFixed(KEPT)},${lng.toFixed(KEPT)}`);
    said.textContent = text.replace("{place}", [lat, lng].map(value => value.toFixed(4).replace(".", words.point)).join("; "));
  }
  function change(value) {
    input.value = value;
    one("unpin").disabled = !value;
    input.dispatchEvent(new Event("change", { bubbles: true })); // whoever keeps drafts
  }
  const kept = input.value.split(",").map(Number);
  if (kept.length === 2) { map.setView(kept, Math.min(NEAR, Number(words.most))); set(L.latLng(kept)) }
  else map.fitBounds(bounds);
  map.on("click", event => set(event.latlng));
  one("middle").addEventListener("click", () => set(map.getCenter()));
  one("unpin").addEventListener("click", () => { pin?.remove(); pin = null; change(""); said.textContent = words.taken; one("middle").focus() });
  one("here").addEventListener("click", () => {
    said.textContent = words.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { const place = L.latLng(coords.latitude, coords.longitude); if (bounds.contains(place)) map.setView(place, Math.min(NEAR, Number(words.most))); set(place) },
      () => { said.textContent = words.nowhere },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
  if (!navigator.geolocation) one("here").hidden = true;
  one("map").focus();
}
