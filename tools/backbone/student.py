"""The student: a convolutional network shaped for one wasm thread.

Owns the architecture and the folding of batch normalisation. ONNX Runtime's wasm build runs
dense and pointwise convolutions at about 23 GF/s and depthwise ones at about 4 GF/s, so

- the stem is two dense convolutions of stride 2, after which the picture is a quarter as wide;
- a block mixes space by a depthwise 3 x 3 on its *narrow* width, then channels by two pointwise
  convolutions with a ReLU between them (the order of ConvNeXt, not of MobileNet, whose depthwise
  runs on the expanded width);
- batch normalisation only follows convolutions, so all of it folds into weights.
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    """Widths and depths of the stages at 1/4, 1/8, 1/16 and 1/32 of the input's side."""

    size: int = 128
    stem: int = 24
    widths: tuple = (40, 80, 160, 256)
    depths: tuple = (1, 2, 3, 2)
    expansion: int = 3
    head: int = 512  # channels of the last convolution, which only training uses

    rate_share: ClassVar[float] = 1.0  # of the step's rate
    head_steps: ClassVar[int] = 0  # in which the student waits
    small_share: ClassVar[float] = 0.6  # of the steps see pictures of recipe.SMALL_SIZE
    began_as: ClassVar[str] = "random weights"

    def build(self):
        """A student of this shape."""
        return Student(self)

    def embedder(self, student):
        """What is exported of it, ready to answer."""
        return fold(Embedder(student).eval())


HEADSTART_128 = Shape(128, 16, (32, 80, 176, 288), (1, 3, 4, 1), 3, 640)


class Norm(nn.Sequential):
    """Convolution and batch normalisation; `fold` makes them one convolution."""

    def __init__(self, inputs, outputs, kernel, stride=1, groups=1):
        padding = 0 if kernel == stride else kernel // 2
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(outputs),
        )

    def fold(self):
        """y = g (Wx - mean) / sqrt(var + eps) + b, written as one weight and one bias."""
        conv, norm = self
        factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        folded = nn.Conv2d(
            conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, conv.padding, groups=conv.groups
        )
        folded.weight.data = conv.weight.data * factor.data.view(-1, 1, 1, 1)
        folded.bias.data = (norm.bias - norm.running_mean * factor).data
        return folded


class Block(nn.Module):
    """x + project(relu(expand(depthwise(x))))"""

    def __init__(self, width, expansion):
        super().__init__()
        self.mix = Norm(width, width, 3, groups=width)
        self.expand = nn.Conv2d(width, width * expansion, 1)
        self.project = Norm(width * expansion, width, 1)
        nn.init.kaiming_normal_(self.expand.weight)
        nn.init.constant_(self.project[1].weight, 0.3)

    def forward(self, x):
        """[N,C,H,W] -> the same shape."""
        return x + self.project(torch.relu_(self.expand(self.mix(x))))


class Student(nn.Module):
    """Picture [N,3,S,S], normalised -> the map at 1/16 and the head's map, which the loss reads."""

    def __init__(self, shape):
        super().__init__()
        widths = shape.widths
        self.stem = nn.Sequential(Norm(3, shape.stem, 3, 2), nn.ReLU(inplace=True), Norm(shape.stem, widths[0], 3, 2))
        stages = []
        for index, (width, depth) in enumerate(zip(widths, shape.depths)):
            down = []
            if index:
                kernel = 3 if index < 3 else 2
                down = [nn.ReLU(), Norm(widths[index - 1], width, kernel, 2)]
            stages.append(nn.Sequential(*down, *[Block(width, shape.expansion) for _ in range(depth)]))
        self.stages = nn.ModuleList(stages)
        self.head = nn.Sequential(Norm(widths[-1], shape.head, 1), nn.ReLU(inplace=True))

    def forward(self, x):
        """-> ([N,C,S/16,S/16], [N,D,S/32,S/32])"""
        x = self.stem(x)
        for stage in self.stages[:3]:
            x = stage(x)
        return x, self.head(self.stages[3](x))


class Embedder(nn.Module):
    """What is exported: the averages of the maps at 1/16 and 1/32, side by side.

    The head is left out: linear classifiers did better on the stages' own outputs than on it.
    """

    def __init__(self, student):
        super().__init__()
        self.stem, self.stages = student.stem, student.stages

    def forward(self, x):
        """[N,3,S,S] -> [N,D], D = sum of the last two widths"""
        x = self.stem(x)
        for stage in self.stages[:3]:
            x = stage(x)
        parts = [_average(x), _average(self.stages[3](x))]
        return torch.cat(parts, 1)


def _average(x):
    return F.adaptive_avg_pool2d(torch.relu(x), 1).flatten(1)


def fold(module):
    """Replaces every Norm inside `module` by one convolution, in place; for an eval() module."""
    for name, child in list(module.named_children()):
        if isinstance(child, Norm):
            setattr(module, name, child.fold())
        else:
            fold(child)
    return module
