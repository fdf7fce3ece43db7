/** The photo formats that the API decodes. Pure. */
const API_PHOTO_TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);

export function isApiPhotoType(type: string): boolean {
  return API_PHOTO_TYPES.has(type);
}
