"""The teachers: ONNX image backbones, run as torch modules.

Owns the reading of an ONNX graph made of Conv, Clip, Add, GlobalAveragePool and Flatten
(all the reference backbones are) and its execution up to the last feature map. Trains nothing.
"""

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
SYMMETRIC = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))

# name -> (file in shared/backbones, (mean, std) of its input in 0..1 units)
BACKBONES = {
    "mobilenetv2-1.0": ("mobilenetv2-1.0-224-fp32-backbone.onnx", IMAGENET),
    "mobilenetv2-0.35": ("mobilenetv2-0.35-224-teachablemachine-fp32.onnx", SYMMETRIC),
    "edgetpu-1.0": ("mobilenet-edgetpu-1.0-224-fp32-backbone.onnx", SYMMETRIC),
}
TEACHERS = ("mobilenetv2-1.0", "edgetpu-1.0")
INPUT_SIZE = 224


class OnnxBackbone:
    """A frozen convolutional network read from an ONNX file."""

    def __init__(self, path, normalisation):
        graph = onnx.load(str(path)).graph
        weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
        mean, std = normalisation
        self.mean = torch.tensor(mean).view(1, 3, 1, 1)
        self.std = torch.tensor(std).view(1, 3, 1, 1)
        self.input_name = graph.input[0].name
        self.steps = [_compile(node, weights) for node in graph.node]

    @torch.no_grad()
    def maps(self, pixels):
        """[N,3,224,224] in 0..1 -> the last feature map [N,C,7,7], before pooling."""
        values = {self.input_name: ((pixels - self.mean) / self.std).contiguous(memory_format=torch.channels_last)}
        for run, inputs, output in self.steps:
            if run is None:  # global average pooling: the map before it is the result
                return values[inputs[0]]
            values[output] = run(*[values[name] for name in inputs])
        raise ValueError("the graph has no GlobalAveragePool")

    def embed(self, pixels):
        """[N,3,224,224] in 0..1 -> [N,C]."""
        return self.maps(pixels).mean((2, 3))


def _compile(node, weights):
    """One ONNX node -> (function, names of its variable inputs, output name)."""
    output = node.output[0]
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    if node.op_type == "Conv":
        weight = torch.from_numpy(weights[node.input[1]].copy()).contiguous(memory_format=torch.channels_last)
        bias = torch.from_numpy(weights[node.input[2]].copy()) if len(node.input) > 2 else None
        top, left, bottom, right = attributes.get("pads", [0, 0, 0, 0])
        stride, groups = attributes.get("strides", [1, 1]), attributes.get("group", 1)
        if (top, left) == (bottom, right):
            return (lambda x: F.conv2d(x, weight, bias, stride, (top, left), 1, groups)), [node.input[0]], output
        return (
            lambda x: F.conv2d(F.pad(x, (left, right, top, bottom)), weight, bias, stride, 0, 1, groups)
        ), [node.input[0]], output
    if node.op_type == "Clip":
        low, high = (float(weights[name]) for name in node.input[1:3])
        return (lambda x: x.clamp_(low, high)), [node.input[0]], output
    if node.op_type == "Add":
        return torch.add, list(node.input), output
    if node.op_type == "GlobalAveragePool":
        return None, list(node.input), output
    return (lambda x: x), [node.input[0]], output


def load_backbone(shared, name):
    """Reads the backbone `name` of BACKBONES from the shared folder."""
    file, normalisation = BACKBONES[name]
    return OnnxBackbone(shared / "backbones" / file, normalisation)
