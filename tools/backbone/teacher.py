"""The teachers: ONNX image backbones, run by onnxruntime or by torch.

Owns the reading of an ONNX graph made of Conv, Clip, Add, GlobalAveragePool and Flatten
(all the reference backbones are) and its execution up to the last feature map. Trains nothing.
"""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

from normalise import IMAGENET, SYMMETRIC

try:
    import onnxruntime
except ImportError:  # optional: Debian has no package, "pip install onnxruntime" does
    onnxruntime = None

# name -> (file in shared/backbones, (mean, std) of its input in 0..1 units)
BACKBONES = {
    "mobilenetv2-1.0": ("mobilenetv2-1.0-224-fp32-backbone.onnx", IMAGENET),
    "mobilenetv2-0.35": ("mobilenetv2-0.35-224-teachablemachine-fp32.onnx", SYMMETRIC),
    "edgetpu-1.0": ("mobilenet-edgetpu-1.0-224-fp32-backbone.onnx", SYMMETRIC),
}
TEACHERS = ("mobilenetv2-1.0", "edgetpu-1.0")
INPUT_SIZE = 224


class OrtBackbone:
    """A frozen network run by onnxruntime on one thread (twice as fast as torch here)."""

    def __init__(self, path, normalisation):
        model = onnx.load(str(path))
        pool = next(node for node in model.graph.node if node.op_type == "GlobalAveragePool")
        features = onnx.helper.make_tensor_value_info(pool.input[0], onnx.TensorProto.FLOAT, None)
        del model.graph.output[:]
        model.graph.output.append(features)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.mean, self.std = (np.array(v, np.float32).reshape(1, 3, 1, 1) for v in normalisation)
        self.session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def maps(self, pixels):
        """float32 [N,3,224,224] in 0..1 -> the last feature map [N,C,7,7], before pooling."""
        return self.session.run(None, {"input": (pixels - self.mean) / self.std})[0]


class TorchBackbone:
    """The same network as torch functions, for a machine without onnxruntime."""

    def __init__(self, path, normalisation):
        graph = onnx.load(str(path)).graph
        weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
        self.mean, self.std = (torch.tensor(v).view(1, 3, 1, 1) for v in normalisation)
        self.input_name = graph.input[0].name
        self.steps = [_compile(node, weights) for node in graph.node]

    @torch.no_grad()
    def maps(self, pixels):
        """float32 [N,3,224,224] in 0..1 -> the last feature map [N,C,7,7], before pooling."""
        x = (torch.from_numpy(pixels) - self.mean) / self.std
        values = {self.input_name: x.contiguous(memory_format=torch.channels_last)}
        for run, inputs, output in self.steps:
            if run is None:  # global average pooling: the map before it is the result
                return values[inputs[0]].numpy()
            values[output] = run(*[values[name] for name in inputs])
        raise ValueError("the graph has no GlobalAveragePool")


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
    runner = OrtBackbone if onnxruntime else TorchBackbone
    return runner(shared / "backbones" / file, normalisation)
