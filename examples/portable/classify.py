"""Answers for photos as the deployment does: python classify.py menu.onnx photo.jpg ...   (pip install onnxruntime pillow)"""
import json
import sys

import numpy as np
import onnxruntime
from PIL import Image, ImageOps


def to_tensor(file, info):
    photo = ImageOps.exif_transpose(Image.open(file)).convert("RGBA")
    photo = Image.alpha_composite(Image.new("RGBA", photo.size, "white"), photo).convert("RGB")
    resize = info["resize"]
    return np.concatenate([to_view(photo, info, short) for short in resize.get("shortSides", [resize.get("shortSide")])])


def to_view(photo, info, short):
    (width, height), resize = (info["width"], info["height"]), info["resize"]
    wide, high, left, top = width, height, 0, 0
    if resize["fit"] == "center":
        wide, high = (max(edge, short * side // min(photo.size)) for edge, side in zip((width, height), photo.size))
        left, top = int((wide - width) / 2 + 0.5), int((high - height) / 2 + 0.5)
    elif resize["fit"] == "letterbox":
        scale = min(width / photo.width, height / photo.height)
        wide, high = (max(1, int(side * scale + 0.5)) for side in photo.size)
    # Mode "F" keeps fractions between the two passes of the resize.
    bands = [band.convert("F").resize((wide, high), Image.Resampling.BILINEAR) for band in photo.split()]
    pixels = np.stack([np.asarray(band) for band in bands])[:, top : top + height, left : left + width] / 255
    mean, std = (np.array(info[name])[:, None, None] for name in ("mean", "std"))
    tensor = np.zeros((1, 3, height, width), np.float32)
    y, x = (height - pixels.shape[1]) // 2, (width - pixels.shape[2]) // 2
    tensor[0, :, y : y + pixels.shape[1], x : x + pixels.shape[2]] = (pixels - mean) / std
    return tensor


model, *photos = sys.argv[1:]
session = onnxruntime.InferenceSession(model)
about = json.loads(session.get_modelmeta().custom_metadata_map["headstart"])
names = [output.name for output in session.get_outputs()]
for photo in photos:
    answer = dict(zip(names, session.run(None, {about["input"]["name"]: to_tensor(photo, about["input"])})))
    best = np.argsort(-answer["scores"][0], kind="stable")
    predictions = [{"label": about["items"][k]["id"], "score": float(answer["scores"][0][k])} for k in best]
    print(json.dumps({"predictions": predictions, "none": float(answer["none"][0, 0]), "unknown": bool(answer["unknown"][0, 0])}))
