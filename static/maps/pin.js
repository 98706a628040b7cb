"use strict";

/* The pin and the two inputs follow each other. */
const follow = (widget) => {
  const [latitude, longitude] = widget.querySelectorAll("input");
  const map = gharMap(widget.querySelector(".ghar-map"));
  const pin = L.marker(gharHome, { draggable: true, icon: gharDot("ghar-dot-pin") });

  const typed = () => {
    const place = [latitude, longitude].map((input) => (input.value.trim() === "" ? NaN : Number(input.value)));
    return place.some(Number.isNaN) || Math.abs(place[0]) > 90 || Math.abs(place[1]) > 180 ? null : place;
  };
  const write = ({ lat, lng }) => {
    latitude.value = lat.toFixed(6);
    longitude.value = L.Util.wrapNum(lng, [-180, 180], true).toFixed(6);
    latitude.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };
  const show = () => {
    const place = typed();
    if (place) pin.setLatLng(place).addTo(map);
    else pin.remove();
    return place;
  };

  const place = show();
  map.setView(place || gharHome, place ? 15 : 11);
  pin.on("dragend", () => write(pin.getLatLng()));
  map.on("click", (event) => write(event.latlng));
  for (const input of [latitude, longitude]) {
    input.addEventListener("input", () => {
      const there = show();
      if (there) map.panTo(there);
    });
  }
};

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".ghar-pin").forEach(follow));
