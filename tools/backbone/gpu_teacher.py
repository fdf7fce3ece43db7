"""The teachers on a GPU: the layers that pack.py wrote down, run by torch.

Owns their execution up to the last feature map and the PCA that makes targets of it; needs no onnx.
"""

import torch
import torch.nn.functional as F

POOLED_DIMENSION, MAP_DIMENSION = 384, 128
INPUT_SIZE = 224


class Teacher:
    """One frozen network."""

    def __init__(self, packed, device, dtype):
        self.input, self.layers = packed["input"], packed["layers"]
        self.mean, self.std = (torch.tensor(v, device=device).view(1, 3, 1, 1) for v in packed["normalisation"])
        self.dtype = dtype
        for layer in self.layers:
            if layer["op"] == "Conv":
                layer["weight"] = layer["weight"].to(device, dtype).contiguous(memory_format=torch.channels_last)
                layer["bias"] = None if layer["bias"] is None else layer["bias"].to(device, dtype)

    def maps(self, pictures):
        """float32 [N,3,224,224] in 0..1 -> the last feature map [N,C,7,7], before pooling."""
        x = ((pictures - self.mean) / self.std).to(self.dtype)
        values = {self.input: x.contiguous(memory_format=torch.channels_last)}
        for layer in self.layers:
            inputs = [values[name] for name in layer["inputs"]]
            if layer["op"] == "GlobalAveragePool":
                return inputs[0]
            values[layer["output"]] = _run(layer, inputs)
        raise ValueError("the layers have no GlobalAveragePool")


def _run(layer, inputs):
    if layer["op"] == "Conv":
        top, left, bottom, right = layer["pads"]
        x, padding = inputs[0], (top, left)
        if (top, left) != (bottom, right):
            x, padding = F.pad(x, (left, right, top, bottom)), 0
        return F.conv2d(x, layer["weight"], layer["bias"], layer["strides"], padding, 1, layer["groups"])
    if layer["op"] == "Clip":
        return inputs[0].clamp(layer["low"], layer["high"])
    if layer["op"] == "Add":
        return inputs[0] + inputs[1]
    raise ValueError(f"the teachers use an operator that is not known here: {layer['op']}")


class Teachers:
    """All teachers side by side: pictures -> targets of the loss."""

    def __init__(self, path, device, dtype):
        self.teachers = [Teacher(packed, device, dtype) for packed in torch.load(path).values()]

    @torch.no_grad()
    def cells(self, pictures):
        """float32 [N,3,224,224] -> one float32 [N,49,C] per teacher."""
        return [teacher.maps(pictures).float().flatten(2).transpose(1, 2) for teacher in self.teachers]

    @torch.no_grad()
    def fit(self, batches):
        """PCA of the pooled embeddings of some batches, each teacher scaled to unit total variance.

        Rounded to float16 at once, so that a run resumed from a checkpoint has the very same targets.
        """
        rows = [[cells.mean(1).double() for cells in self.cells(pictures)] for pictures in batches]
        per_teacher = [torch.cat(parts) for parts in zip(*rows)]
        scale = torch.stack([1 / x.var(0, unbiased=False).sum().sqrt() for x in per_teacher])
        x = torch.cat([s * part for s, part in zip(scale, per_teacher)], 1)
        mean = x.mean(0)
        values, axes = torch.linalg.eigh((x - mean).T @ (x - mean) / len(x))
        kept = min(POOLED_DIMENSION, len(x) // 2)
        pca = {"scale": scale, "mean": mean, "components": axes.flip(1)[:, :kept], "eigenvalues": values.flip(0)[:kept]}
        return {name: tensor.float() if name == "eigenvalues" else tensor.half() for name, tensor in pca.items()}

    @torch.no_grad()
    def targets(self, pictures, pca, whitening):
        """-> pooled [N,P] and maps [N,M,7,7]: PCA coordinates times eigenvalue^-whitening (loss.py)."""
        cells = torch.cat([s * part for s, part in zip(pca["scale"].float(), self.cells(pictures))], 2)
        coordinates = (cells - pca["mean"].float()) @ (pca["components"].float() * pca["eigenvalues"] ** -whitening)
        maps = coordinates[:, :, :MAP_DIMENSION].transpose(1, 2).unflatten(2, (7, 7))
        return coordinates.mean(1), maps.contiguous()
