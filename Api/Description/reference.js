"use strict";

// Nothing is loaded from other hosts, and nothing is told to them.
Scalar.createApiReference("#app", {
  url: "openapi/v1.json",

  // Requests that are shown to be copied name this service.
  servers: [{ url: new URL(".", location.href).href.replace(/\/$/, "") }],
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  persistAuth: false,

  // Its own greys and greens have too little contrast to be read by everybody.
  customCss: ".light-mode { --scalar-color-3: #666; --scalar-color-green: #00704a; } .dark-mode { --scalar-color-3: #9a9a9a; }",
});
