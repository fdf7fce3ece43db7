/** Every sentence that a problem can say, in Russian. Comes when somebody meets one. */
import type { ProblemTexts } from "../../../../../shared/english/catalogue.ts";
import { access } from "./access.ts";
import { labels } from "./labels.ts";
import { menu } from "./menu.ts";
import { inputs, photos } from "./photos.ts";
import { fields, requests } from "./requests.ts";
import { files, versions } from "./versions.ts";
import { webhooks } from "./webhooks.ts";

export const problemTexts: ProblemTexts = {
  ...access,
  ...fields,
  ...files,
  ...inputs,
  ...labels,
  ...menu,
  ...photos,
  ...requests,
  ...versions,
  ...webhooks,
};
