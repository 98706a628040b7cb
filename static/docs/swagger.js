"use strict";

SwaggerUIBundle({
  url: document.getElementById("document").dataset.url,
  dom_id: "#document",
  deepLinking: true,
  filter: true,
  persistAuthorization: true,
  tagsSorter: "alpha",
  validatorUrl: null,
});
