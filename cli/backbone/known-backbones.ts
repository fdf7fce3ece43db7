/**
 * Backbones whose preprocessing, licence and bytes are known, so that `use` needs no options and can tell a damaged or
 * exchanged file. Data only.
 */

/** Mean and standard deviation per channel, in units of [0, 1]. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** What most networks trained on ImageNet with PyTorch or MXNet expect. */
export const IMAGENET_NORMALISATION: Normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** What most networks trained with TensorFlow expect: [-1, 1]. */
export const TENSORFLOW_NORMALISATION: Normalisation = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };

/** Bytes that the file must have: its SHA-256, or the id that git gives it. Hex. */
export type IntegrityPin = { readonly sha256: string } | { readonly gitBlobId: string };

export interface KnownBackbone {
  readonly name: string;
  readonly pin: IntegrityPin;
  /** Approximate size of the file, for people. */
  readonly megabytes: number;
  readonly normalisation: Normalisation;
  readonly resizeShortSide: number;
  readonly licence: string;
  readonly origin: string;
  /** Where it can be downloaded, when it can. */
  readonly url?: string;
  /** What it is good for, in a few words. */
  readonly note: string;
}

/** In the order in which `list` shows them. */
export const KNOWN_BACKBONES: readonly KnownBackbone[] = [
  {
    name: "mobilenetv2-7",
    pin: { gitBlobId: "561b1d4b09998e09fdad4a88a8d2749582878998" },
    megabytes: 14,
    normalisation: IMAGENET_NORMALISATION,
    resizeShortSide: 256,
    licence: "Apache-2.0",
    origin: "ONNX model zoo, mobilenetv2-7 (classifier removed here)",
    url:
      "https://raw.githubusercontent.com/microsoft/onnxruntime-nextjs-template/" +
      "60c0254beb2277431e96f15ec6613d781c2ad294/model/mobilenetv2-7.onnx",
    note: "the strongest that fits a Worker well; a classifier, cut by `use`",
  },
  {
    name: "mobilenetv2-1.0-224-fp32-backbone",
    pin: { sha256: "df491327a86b4d119d5615c7b4bcc9ce0dea616071be32fedc7dfb16913e7687" },
    megabytes: 8.8,
    normalisation: IMAGENET_NORMALISATION,
    resizeShortSide: 256,
    licence: "Apache-2.0",
    origin: "ONNX model zoo, mobilenetv2-7 (classifier removed)",
    note: "the same network, already cut",
  },
  {
    name: "mobilenetv2-0.35-224-teachablemachine-fp32",
    pin: { sha256: "48614e0b4863724c5c3678061c6918f0c364f8ba305630c22cd764c463e430d5" },
    megabytes: 1.6,
    normalisation: TENSORFLOW_NORMALISATION,
    resizeShortSide: 256,
    licence: "Apache-2.0",
    origin: "Keras MobileNetV2 0.35, the backbone inside Teachable Machine's image exports",
    note: "small and fast",
  },
  {
    name: "mobilenet-edgetpu-1.0-224-fp32-backbone",
    pin: { sha256: "3a081eacb0f1255ce81816b19b79ea3cdcc97bc934533dbd5cdd912e5fe34bd0" },
    megabytes: 11.2,
    normalisation: TENSORFLOW_NORMALISATION,
    resizeShortSide: 256,
    licence: "Apache-2.0",
    origin: "mlcommons/mobile_models, mobilenet_edgetpu_224_1.0",
    note: "more than twice the CPU time of MobileNetV2",
  },
];
