/** Starts the viewer of the API's document, which the page loads before this script. */

/** The part of Swagger UI's options that is used here. */
interface ViewerOptions {
  readonly url: string;
  readonly dom_id: string;
  readonly deepLinking: boolean;
  readonly docExpansion: "list" | "none";
  readonly defaultModelsExpandDepth: number;
  /** Null: no badge of an online validator, which would send the document away. */
  readonly validatorUrl: null;
}

declare const SwaggerUIBundle: (options: ViewerOptions) => unknown;

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
