"""What every training of the student shares: rates, the optimizer, the average of the weights.

Owns no data and no clock: those belong to the training that uses it.
"""

import math
import os

import torch

from loss import Distillation

SEED = 7
PEAK_RATE = 3e-3
WEIGHT_DECAY = 0.05
WARM_UP_STEPS = 200
EMA_DECAY = 0.998
SMALL_SIZE = 96  # px: what the first steps see, by the shape


def rate(step, progress):
    """Linear warm-up over the first steps, then half a cosine in `progress` (0..1), down to one hundredth."""
    if step < WARM_UP_STEPS:
        return PEAK_RATE * (step + 1) / WARM_UP_STEPS
    return PEAK_RATE * (0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2)


def build(shape, targets):
    """Student (with random or published weights), distillation head with random ones, and their optimizer."""
    torch.manual_seed(SEED)
    student = shape.build().to(memory_format=torch.channels_last)
    head = Distillation(shape, *targets)
    return student, head, optimizer_of(shape, student, head)


def optimizer_of(shape, student, head):
    """AdamW; biases and normalisation are not decayed. `share`: what a group takes of the step's rate."""
    groups = []
    for module, share in ((student, shape.rate_share), (head, 1.0)):
        parameters = list(module.parameters())
        groups.append({"params": [p for p in parameters if p.ndim > 1], "weight_decay": WEIGHT_DECAY, "share": share})
        groups.append({"params": [p for p in parameters if p.ndim == 1], "weight_decay": 0.0, "share": share})
    return torch.optim.AdamW(groups, lr=PEAK_RATE, foreach=True)


def set_rate(optimizer, step, progress):
    """The rate of this step, by group."""
    for group in optimizer.param_groups:
        group["lr"] = rate(step, progress) * group["share"]


@torch.no_grad()
def average_into(average, student, step):
    """Exponential moving average of weights and of normalisation statistics."""
    decay = min(EMA_DECAY, (1 + step) / (10 + step))
    for kept, current in zip(average.state_dict().values(), student.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(current, 1 - decay)
        else:
            kept.copy_(current)


@torch.no_grad()
def held_out_loss(average, head, batch):
    """The parts of the loss on photos never trained on."""
    average.eval()
    _, parts = head(*average(batch[0]), *batch[1:])
    return {name: float(part) for name, part in parts.items()}


def save(path, state):
    """Writes beside, then renames: a stop in between leaves the old checkpoint."""
    torch.save(state, path.with_suffix(".part"))
    os.replace(path.with_suffix(".part"), path)
