/** Takes a body of `multipart/form-data` apart, byte for byte. Only importer of @remix-run/multipart-parser. */
import { getMultipartBoundary, type MultipartPart, parseMultipart } from "@remix-run/multipart-parser";

const MAX_PARTS = 200;

/** An uploaded file, the field it was in, and the name that its sender gave it. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Of two fields with one name the last one counts; files keep their order. */
export interface MultipartForm {
  readonly files: readonly UploadedFile[];
  readonly fields: Readonly<Record<string, string>>;
}

/** The files, which are copies, and the text fields; null when the body is none of this type or ends early. */
export function parseForm(body: Uint8Array, contentType: string): MultipartForm | null {
  const boundary = getMultipartBoundary(contentType);
  if (boundary === null) return null;
  const files: UploadedFile[] = [];
  const fields: Record<string, string> = {};
  try {
    for (const part of parseMultipart(body, { boundary, maxParts: MAX_PARTS, maxFileSize: body.length })) {
      const field = part.name ?? "";
      if (!isFile(part)) fields[field] = part.text;
      else if (!isLeftEmpty(part))
        files.push({ field, name: part.filename ?? "", bytes: new Uint8Array(part.arrayBuffer) });
    }
  } catch {
    return null;
  }
  return { files, fields };
}

/** Small devices leave the file's name out and give its type alone. */
function isFile({ filename, mediaType }: MultipartPart): boolean {
  return filename !== undefined || (mediaType !== undefined && !mediaType.startsWith("text/"));
}

/** What a browser sends of a field for files that nobody has filled in. */
function isLeftEmpty({ filename, size }: MultipartPart): boolean {
  return filename === "" && size === 0;
}
