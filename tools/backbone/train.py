"""Step 3: trains the student, from random or published weights, on the prepared crops and targets.

Owns the schedule, the average of the weights and the checkpoints. Resumes from checkpoint.pt;
may be stopped (SIGSTOP, SIGTERM, power) at any time. Everything random follows from the seed and
the step, so a resumed run sees what an uninterrupted one would have.
"""

import argparse
import copy
import ctypes
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from data import VIEWS, pool_files, shared_folder
from loss import Targets
from normalise import IMAGENET
from pictures import open_resized
from prepare import open_arrays
from recipe import SEED, SMALL_SIZE, WARM_UP_STEPS, average_into, build, held_out_loss, save, set_rate
from students import SHAPES

CHECKPOINT_SECONDS = 150
LOG_STEPS = 50
HELD_OUT = 256  # photos never trained on; their loss is logged


def keep_memory():
    """Tells malloc to reuse freed tensors instead of handing pages back to the system."""
    libc = ctypes.CDLL("libc.so.6")
    m_trim_threshold, m_top_pad, m_mmap_max, m_arena_max = -1, -2, -4, -8
    libc.mallopt(m_arena_max, 1)  # autograd has a thread of its own; its arena would be unmapped
    libc.mallopt(m_mmap_max, 0)
    libc.mallopt(m_trim_threshold, 2**31 - 1)
    libc.mallopt(m_top_pad, 256 << 20)


class Batches:
    """Batch number `step` of one run: pictures, pooled targets, map targets."""

    def __init__(self, work, views, size, sides):
        self.views, self.size = views, size
        self.photos = len(pool_files(work, shared_folder()))
        _, self.pooled, self.maps = open_arrays(work, self.photos, "r")
        self.pictures = {side: open_resized(work, self.photos, side) for side in sides}
        self.targets = Targets(work)
        order = np.random.default_rng(SEED).permutation(self.photos)
        self.held_out, self.trained_on = np.sort(order[:HELD_OUT]), order[HELD_OUT:]
        self.mean, self.std = (torch.tensor(v).view(1, 3, 1, 1) * 255 for v in IMAGENET)
        self.epoch, self.order = -1, None

    def _pairs(self, step):
        """The (view, photo) pairs of a step: each epoch is one shuffle of all pairs."""
        total = len(self.trained_on) * self.views
        epoch, index = divmod(step, total // self.size)
        if epoch != self.epoch:
            self.epoch, self.order = epoch, np.random.default_rng((SEED, epoch)).permutation(total)
        chosen = np.sort(self.order[index * self.size : (index + 1) * self.size])
        return chosen // len(self.trained_on), self.trained_on[chosen % len(self.trained_on)]

    def _read(self, views, photos, size):
        pictures = torch.from_numpy(self.pictures[size][views, photos]).permute(0, 3, 1, 2)
        x = ((pictures.float() - self.mean) / self.std).contiguous(memory_format=torch.channels_last)
        return x, self.targets.pooled(self.pooled[views, photos]), self.targets.maps(self.maps[views, photos])

    def training(self, step, size):
        """A batch; a random half of it is mirrored, pictures and maps alike."""
        x, pooled, maps = self._read(*self._pairs(step), size)
        mirrored = torch.from_numpy(np.random.default_rng((SEED, step, 1)).random(self.size) < 0.5)
        x[mirrored] = x[mirrored].flip(3)
        maps[mirrored] = maps[mirrored].flip(3)
        return x, pooled, maps

    def held_out_batch(self, size):
        """The central crops of the photos held out."""
        return self._read(np.zeros(HELD_OUT, int), self.held_out, size)


def train(work, name, steps, views, batch):
    """Runs or resumes the training; leaves checkpoint.pt in the work folder."""
    shape, path = SHAPES[name], work / f"checkpoint-{name}.pt"
    sides = {shape.size, *([SMALL_SIZE] if shape.small_share else [])}
    batches = Batches(work, views, batch, sides)
    student, head, optimizer = build(shape, (batches.pooled.shape[2], batches.maps.shape[3]))
    average, start = copy.deepcopy(student), 0
    if path.exists():
        state = torch.load(path)
        for module, key in ((student, "student"), (head, "head"), (average, "average"), (optimizer, "optimizer")):
            module.load_state_dict(state[key])
        start = state["step"]

    def checkpoint(step):
        save(path, {
            "student": student.state_dict(), "head": head.state_dict(), "average": average.state_dict(),
            "optimizer": optimizer.state_dict(), "step": step, "steps": steps, "shape": asdict(shape),
        })  # fmt: skip

    saved = logged = time.monotonic()
    held_out = batches.held_out_batch(shape.size)
    student.train()
    for step in range(start, steps):
        size = SMALL_SIZE if step < steps * shape.small_share else shape.size
        set_rate(optimizer, step, (step - WARM_UP_STEPS) / max(1, steps - WARM_UP_STEPS))
        x, pooled, maps = batches.training(step, size)
        with torch.set_grad_enabled(step >= shape.head_steps):
            seen = student(x)
        loss, _ = head(*seen, pooled, maps)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        average_into(average, student, step)
        if (step + 1) % LOG_STEPS == 0:
            parts = held_out_loss(average, head, held_out) if (step + 1) % (4 * LOG_STEPS) == 0 else {}
            told = " ".join(f"{k} {v:.4f}" for k, v in parts.items())
            now = time.monotonic()
            print(f"step {step + 1}/{steps} {size}px loss {float(loss):.4f} {batch * LOG_STEPS / (now - logged):.0f}/s {told}", flush=True)
            logged = now
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            checkpoint(step + 1)
            saved = time.monotonic()
    checkpoint(steps)


def main():
    """Command line of step 3."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / ".work")
    parser.add_argument("--shape", choices=SHAPES, default="128")
    parser.add_argument("--steps", type=int, default=6600)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--views", type=int, default=VIEWS, choices=range(1, VIEWS + 1), help="as prepare.py was given")
    parser.add_argument("--threads", type=int, default=2, help="1 when other work wants the cores")
    options = parser.parse_args()
    keep_memory()
    torch.set_num_threads(options.threads)
    train(options.work, options.shape, options.steps, options.views, options.batch)


if __name__ == "__main__":
    main()
