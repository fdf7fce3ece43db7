/** The camera of this computer or phone, as far as the page may use it: opened, looked through, closed. */
import { err, ok, type Result } from "../../shared/result.ts";
import { SIGNATURE_SIDE, toSignature } from "./frame-likeness.ts";

/** Why there is no picture; the texts have a sentence for each. */
type CameraProblem = "insecure" | "refused" | "missing" | "busy";

/** A picture of the camera, and what it is compared by. */
interface Frame {
  readonly photo: Blob;
  readonly signature: Float32Array;
}

export interface Camera {
  /** What the camera sees now; null while it has shown nothing yet. */
  takeFrame(): Promise<Frame | null>;
  close(): void;
}

/** Long side of a picture, in pixels: more than any backbone here looks at. */
const LONG_SIDE = 480;
const JPEG_QUALITY = 0.9;

/** Shows the camera in `video`; on a phone the one at the back. */
export async function openCamera(video: HTMLVideoElement): Promise<Result<Camera, CameraProblem>> {
  // Absent on pages that came without https from another machine, whatever the types say.
  if (!("mediaDevices" in navigator)) return err("insecure");
  try {
    const wanted = { video: { facingMode: "environment", width: { ideal: 640 } }, audio: false };
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    video.srcObject = stream;
    await video.play();
    return ok({
      takeFrame: () => takeFrame(video),
      close: () => {
        for (const track of stream.getTracks()) track.stop();
        video.srcObject = null;
      },
    });
  } catch (thrown) {
    return err(nameProblem(thrown));
  }
}

function nameProblem(thrown: unknown): CameraProblem {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy";
}

async function takeFrame(video: HTMLVideoElement): Promise<Frame | null> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return null;
  const share = Math.min(1, LONG_SIDE / Math.max(width, height));
  const canvas = draw(video, Math.round(width * share), Math.round(height * share));
  const small = draw(canvas, SIGNATURE_SIDE, SIGNATURE_SIDE);
  const pixels = small.getContext("2d")?.getImageData(0, 0, SIGNATURE_SIDE, SIGNATURE_SIDE);
  const photo = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
  return photo === null || pixels === undefined ? null : { photo, signature: toSignature(pixels.data) };
}

function draw(source: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return canvas;
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}
