"use strict";

Scalar.createApiReference("#document", {
  url: document.getElementById("document").dataset.url,
  agent: { disabled: true },
  hideClientButton: true,
  mcp: { disabled: true },
  proxyUrl: "",
  showDeveloperTools: "never",
  telemetry: false,
  withDefaultFonts: false,
});
