"""A student that begins as MobileNetV2 1.0: its published weights, taught to read smaller pictures.

Owns the reading of that network's ONNX file into trainable layers. Its normalisation is folded into the convolutions
already, and stays so: at the low rates of fine-tuning it is not missed, and batches cost a third less.
"""

from dataclasses import dataclass
from typing import ClassVar

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from data import shared_folder
from teacher import BACKBONES

SOURCE = "mobilenetv2-1.0"
SHALLOW_WIDTH = 160


@dataclass(frozen=True)
class MobileShape:
    """`widths[2]` is the width of the map at 1/16, `head` that of what the embedding is the average of."""

    size: int = 120
    widths: tuple = (24, 32, 96, 320)
    head: int = 480

    rate_share: ClassVar[float] = 0.13  # of the step's rate: the weights have been trained before
    head_steps: ClassVar[int] = 150  # it waits until the distillation head, which begins at random, has something to say
    small_share: ClassVar[float] = 0.0
    began_as: ClassVar[str] = "the weights of MobileNetV2 1.0 (mobilenetv2-7, Apache-2.0)"

    def build(self):
        """The published network, ready to be trained."""
        file, _ = BACKBONES[SOURCE]
        return MobileNet(onnx.load(str(shared_folder() / "backbones" / file)).graph)

    def embedder(self, student):
        """What is exported of it, ready to answer."""
        return MobileEmbedder(student).eval()


class MobileNet(nn.Module):
    """Picture [N,3,S,S], normalised as ImageNet's -> the map at 1/16 and the last two maps at 1/32, side by side.

    The last convolution (320 to 1,280 channels) is left out: linear classifiers read the maps before it as well. The
    shallower of the two passes a pointwise convolution of its own, which begins as the identity.
    """

    def __init__(self, graph):
        super().__init__()
        weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
        nodes = list(graph.node)
        pool = next(node for node in nodes if node.op_type == "GlobalAveragePool")
        last_clip = _producer(nodes, pool.input[0])
        widest = _producer(nodes, last_clip.input[0])
        self.deep = widest.input[0]
        self.shallow = [node for node in nodes if node.op_type == "Add"][-1].output[0]
        self.fine = _before_last_stride(nodes)
        self.nodes = nodes[: nodes.index(widest)]
        self.input_name = graph.input[0].name
        self.convolutions = nn.ModuleDict(
            {node.output[0]: _convolution(node, weights) for node in self.nodes if node.op_type == "Conv"}
        )
        self.read_shallow = nn.Conv2d(SHALLOW_WIDTH, SHALLOW_WIDTH, 1)
        nn.init.dirac_(self.read_shallow.weight), nn.init.zeros_(self.read_shallow.bias)

    def maps(self, x):
        """-> ([N,96,S/16,S/16], [N,160,S/32,S/32], [N,320,S/32,S/32])"""
        maps = {self.input_name: x}
        for node in self.nodes:
            inputs, output = [maps[name] for name in node.input if name in maps], node.output[0]
            if node.op_type == "Conv":
                maps[output] = self.convolutions[output](inputs[0])
            else:
                maps[output] = inputs[0].clamp(0, 6) if node.op_type == "Clip" else inputs[0] + inputs[1]
        return maps[self.fine], F.relu(self.read_shallow(maps[self.shallow])), F.relu(maps[self.deep])

    def forward(self, x):
        """-> ([N,96,S/16,S/16], [N,480,S/32,S/32])"""
        fine, shallow, deep = self.maps(x)
        return fine, torch.cat([shallow, deep], 1)


class MobileEmbedder(nn.Module):
    """What is exported: the average of the last two maps after a ReLU."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        """[N,3,S,S] -> [N,480]"""
        _, *read = self.network.maps(x)
        return torch.cat([F.adaptive_avg_pool2d(part, 1).flatten(1) for part in read], 1)


def _producer(nodes, name):
    return next(node for node in nodes if name in node.output)


def _before_last_stride(nodes):
    """The map at 1/16 that the last block of stride 2 begins with."""
    strided = [node for node in nodes if node.op_type == "Conv" and _attributes(node).get("strides", [1, 1])[0] == 2][-1]
    expanded = _producer(nodes, strided.input[0])
    return _producer(nodes, expanded.input[0]).input[0]


def _attributes(node):
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def _convolution(node, weights):
    weight, bias = (torch.from_numpy(weights[name].copy()) for name in node.input[1:3])
    attributes = _attributes(node)
    groups = attributes.get("group", 1)
    outputs, inputs, *kernel = weight.shape
    layer = nn.Conv2d(
        inputs * groups, outputs, tuple(kernel), tuple(attributes["strides"]), tuple(attributes["pads"][:2]), groups=groups
    )
    layer.weight.data, layer.bias.data = weight, bias
    return layer
