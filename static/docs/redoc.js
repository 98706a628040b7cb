"use strict";

const fonts = 'system-ui, -apple-system, "Segoe UI", sans-serif';

Redoc.init(
  document.getElementById("document").dataset.url,
  {
    hideDownloadButton: false,
    nativeScrollbars: true,
    sortTagsAlphabetically: true,
    theme: { typography: { fontFamily: fonts, headings: { fontFamily: fonts } } },
  },
  document.getElementById("document"),
);
