"use strict";

/* One map for every staff page: street tiles when there are some, else a plain background that says so. */
window.gharMap = (element) => {
  const map = L.map(element, { attributionControl: Boolean(element.dataset.tiles), maxZoom: 19, zoomSnap: element.dataset.tiles ? 1 : 0.25 });
  L.control.scale({ imperial: false }).addTo(map);
  if (element.dataset.tiles) {
    L.tileLayer(element.dataset.tiles, { attribution: element.dataset.attribution, maxZoom: 19 }).addTo(map);
  } else {
    const note = L.control({ position: "topright" });
    note.onAdd = () => {
      const box = L.DomUtil.create("div", "ghar-map-note");
      box.textContent = "Base map not configured";
      return box;
    };
    note.addTo(map);
  }
  new ResizeObserver(() => map.invalidateSize()).observe(element); // tabs and sections show their maps later
  return map;
};

window.gharDot = (kind = "") =>
  L.divIcon({ className: `ghar-dot ${kind}`, iconSize: kind ? [20, 20] : [14, 14] });

window.gharHome = [28.4595, 77.0266]; // Gurugram, where a map without points begins
