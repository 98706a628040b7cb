"use strict";

/* The rows of the list, filtered as the list is, as clustered points. */
const popup = ({ title, lines, url }) => {
  const box = L.DomUtil.create("div", "ghar-popup");
  const link = L.DomUtil.create("a", "", box);
  link.href = url;
  link.textContent = title;
  for (const line of lines) L.DomUtil.create("div", "", box).textContent = line;
  return box;
};

const draw = async (section) => {
  const element = section.querySelector(".ghar-map");
  const count = section.querySelector(".ghar-points-count");
  const answer = await fetch(element.dataset.points, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    count.textContent = `could not be loaded (${answer.status})`;
    return;
  }
  const found = await answer.json();
  const dots = found.features.map((each) => {
    const [lng, lat] = each.geometry.coordinates;
    const dot = L.marker([lat, lng], { icon: gharDot(), title: each.properties.title });
    return dot.bindPopup(() => popup(each.properties));
  });
  const map = gharMap(element);
  const layer = L.markerClusterGroup({ chunkedLoading: true, maxClusterRadius: 36, showCoverageOnHover: false }).addLayers(dots);
  map.addLayer(layer);
  if (dots.length) map.fitBounds(layer.getBounds(), { maxZoom: 15, padding: [24, 24] });
  else map.setView(gharHome, 11);
  const of = found.truncated ? "the first " : "";
  count.textContent = `${of}${dots.length.toLocaleString("en-IN")} with a position`;
};

document.addEventListener("DOMContentLoaded", () => {
  for (const section of document.querySelectorAll(".ghar-points")) {
    section.open = localStorage.getItem("gharMapOpen") !== "0";
    let drawn = false;
    const drawOnce = () => {
      if (section.open && !drawn) {
        drawn = true;
        draw(section);
      }
    };
    section.addEventListener("toggle", () => {
      localStorage.setItem("gharMapOpen", section.open ? "1" : "0");
      drawOnce();
    });
    drawOnce();
  }
});
