/** The formats that the API takes: photos that it decodes, and what stands for a photo that stays on the device. Pure. */
import { NDJSON_TYPE } from "../../shared/transfer-format.ts";

const API_PHOTO_TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);

/** `type` is a content type without parameters. */
export function isApiPhotoType(type: string): boolean {
  return API_PHOTO_TYPES.has(type);
}

/** True for types that the API knows by name; under any other it would refuse the body unseen. */
export function isSentAsItIs(type: string): boolean {
  return isApiPhotoType(type) || type === "application/vnd.headstart.embedding" || type === NDJSON_TYPE;
}
