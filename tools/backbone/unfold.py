"""Puts the folded weights of a shipped .onnx back into a student that can be trained on.

Owns the undoing of `Norm.fold`. Folding loses how a convolution's output was split into weight and
normalisation; any split that computes the same will do, so the statistics are measured on pictures.
"""

import torch
from torch import nn

from student import Norm


@torch.no_grad()
def unfold(student, folded, pictures):
    """Loads `folded` (name -> tensor, names as in Embedder) into `student`, in place.

    In eval mode the student then computes what the folded network does, and in training mode nearly
    so on batches like `pictures`. Parts that are not shipped (the head) keep their random weights.
    """
    norms = {name: part for name, part in student.named_modules() if isinstance(part, Norm) and f"{name}.bias" in folded}
    for name, (conv, norm) in norms.items():
        conv.weight.copy_(folded[f"{name}.weight"])
        norm.weight.fill_(1), norm.bias.copy_(folded[f"{name}.bias"])
        norm.running_mean.zero_(), norm.running_var.fill_(1 - norm.eps)
    for name, part in student.named_modules():
        if isinstance(part, nn.Conv2d) and part.bias is not None and f"{name}.bias" in folded:
            part.weight.copy_(folded[f"{name}.weight"]), part.bias.copy_(folded[f"{name}.bias"])
    for (conv, norm), (mean, variance) in zip(norms.values(), _statistics(student, norms.values(), pictures)):
        norm.running_mean.copy_(mean), norm.running_var.copy_(variance)
        norm.weight.copy_((variance + norm.eps).sqrt()), norm.bias.add_(mean)


def _statistics(student, norms, pictures):
    """Mean and variance by channel of each convolution's output, all in one pass."""
    seen = []
    hooks = [conv.register_forward_hook(lambda _, __, y: seen.append((y.mean((0, 2, 3)), y.var((0, 2, 3))))) for conv, _ in norms]
    student.eval()(pictures)
    student.train()
    for hook in hooks:
        hook.remove()
    return seen
