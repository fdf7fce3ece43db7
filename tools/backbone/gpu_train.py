"""Trains the student on a machine with a GPU for some minutes, from what pack.py packed.

Owns the clock of that run and the files that come back: the checkpoint in pieces of at most 16 MiB
and their SHA-256. Crops are cut new for each step; teachers and student see the same ones. Rates and
sizes follow the share of --total-minutes that has been trained, in this run and those before it.
"""

import argparse
import copy
import hashlib
import io
import os
import shutil
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from gpu_data import Photos, training_batch
from gpu_teacher import INPUT_SIZE, Teachers
from loss import WHITENING
from normalise import IMAGENET
from recipe import SEED, SMALL_SIZE, average_into, build, held_out_loss, optimizer_of, set_rate
from student import HEADSTART_128
from unfold import unfold

HELD_OUT = 256  # photos never trained on; their loss is logged
PIECE = 16 << 20
CHECKPOINT_SECONDS = 60
LOG_STEPS = 100


def student_pictures(pictures, size):
    """float32 [N,3,224,224] in 0..1 -> [N,3,size,size], normalised, antialiased."""
    mean, std = (torch.tensor(v, device=pictures.device).view(1, 3, 1, 1) for v in IMAGENET)
    small = F.interpolate(pictures, (size, size), mode="bilinear", antialias=True)
    return ((small - mean) / std).contiguous(memory_format=torch.channels_last)


def short(state):
    """A state dict with its matrices as bfloat16: what matters little when a run is resumed."""
    if isinstance(state, dict):
        return {key: short(value) for key, value in state.items()}
    is_matrix = torch.is_tensor(state) and state.is_floating_point() and state.ndim > 1
    return state.bfloat16() if is_matrix else state


def write_pieces(state, out):
    """step-N/checkpoint.pt.NN and its SHA-256; older ones go when all is written, so a stop in between loses no checkpoint."""
    buffer = io.BytesIO()
    torch.save(state, buffer)
    content = buffer.getvalue()
    older, folder = list(out.glob("step-*")), out / f"step-{state['step']:08}"
    folder.mkdir(exist_ok=True)
    for number, start in enumerate(range(0, len(content), PIECE)):
        (folder / f"checkpoint.pt.{number:02}").write_bytes(content[start : start + PIECE])
    (folder / "checkpoint.sha256").write_text(hashlib.sha256(content).hexdigest() + "\n")
    for path in older:
        if path != folder:
            shutil.rmtree(path)


class Run:
    """One run: its networks, its targets and how far it has come."""

    def __init__(self, pack, options):
        self.options, self.device = options, torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.dtype = torch.bfloat16 if options.bf16 else torch.float32
        self.photos = Photos(pack, self.device, options.workers, options.photos)
        print(f"{len(self.photos)} photos decoded: {time.monotonic() - options.started:.1f} s", flush=True)
        self.teachers = Teachers(pack / "teachers.pt", self.device, self.dtype)
        order = torch.from_numpy(np.random.default_rng(SEED).permutation(len(self.photos))).to(self.device)
        held_out = min(HELD_OUT, len(order) // 4)
        self.held_out, self.trained_on = order[:held_out], order[held_out:]
        state = torch.load(pack / "checkpoint.pt", map_location="cpu") if (pack / "checkpoint.pt").exists() else None
        self.pca = {name: tensor.to(self.device) for name, tensor in state["pca"].items()} if state else self._fit()
        self._build(state, pack / "start.pt")

    def _fit(self):
        batch = self.options.batch
        seeds = range(self.options.pca_crops // batch)
        pca = self.teachers.fit(training_batch(self.photos, self.trained_on, batch, INPUT_SIZE, seed) for seed in seeds)
        print(f"PCA of {len(seeds) * batch} crops: {time.monotonic() - self.options.started:.1f} s", flush=True)
        return pca

    def _build(self, state, start):
        self.shape, self.step, self.seconds = HEADSTART_128, 0, 0.0
        kept = self.pca["components"].shape[1]
        student, head, _ = build(self.shape, (kept, min(kept, 128)))
        self.student, self.head = student.to(self.device, memory_format=torch.channels_last), head.to(self.device)
        self.optimizer = optimizer_of(self.shape, self.student, self.head)
        if state is None and start.exists():
            pictures = training_batch(self.photos, self.trained_on, self.options.batch, INPUT_SIZE, SEED)
            unfold(self.student, torch.load(start, map_location=self.device), student_pictures(pictures, self.shape.size))
        self.average = copy.deepcopy(self.student)
        if state:
            for name in ("student", "head", "average", "optimizer"):
                getattr(self, name).load_state_dict(state[name])
            self.step, self.seconds = state["step"], state["seconds"]

    def targets(self, pictures):
        """Pictures -> pooled and map targets."""
        return self.teachers.targets(pictures, self.pca, WHITENING)

    def one_step(self, progress):
        """Trains on one batch; returns the loss as a tensor, so that nothing waits for the GPU."""
        size = SMALL_SIZE if progress < self.shape.small_share else self.shape.size
        set_rate(self.optimizer, self.step, progress)
        pictures = training_batch(self.photos, self.trained_on, self.options.batch, INPUT_SIZE, (SEED << 32) + self.step)
        with torch.autocast(self.device.type, self.dtype, enabled=self.options.bf16):
            fine, coarse = self.student(student_pictures(pictures, size))
        loss, _ = self.head(fine.float(), coarse.float(), *self.targets(pictures))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        average_into(self.average, self.student, self.step)
        self.step += 1
        return loss.detach()

    def held_out_parts(self):
        """The parts of the loss on the central squares of photos never trained on."""
        pictures = self.photos.cut(self.held_out, self.photos.centre(self.held_out), INPUT_SIZE)
        with torch.no_grad():
            targets = self.targets(pictures)
        return held_out_loss(self.average, self.head, (student_pictures(pictures, self.shape.size), *targets))

    def checkpoint(self):
        """What a later run resumes from and export.py reads."""
        return {
            "student": self.student.state_dict(), "head": self.head.state_dict(),
            "average": short(self.average.state_dict()), "optimizer": short(self.optimizer.state_dict()),
            "pca": self.pca, "step": self.step, "seconds": self.seconds, "shape": asdict(self.shape),
        }  # fmt: skip


def train(run, options):
    """Steps until the minutes or the steps are over; returns how many samples were seen."""
    begun = saved = time.monotonic()
    before, first = run.seconds, run.step
    total = options.total_minutes * 60
    while run.step - first < options.steps:
        run.seconds = before + time.monotonic() - begun
        if time.monotonic() - options.started > options.minutes * 60 or run.seconds >= total:
            break
        loss = run.one_step(run.seconds / total)
        if (run.step - first) % LOG_STEPS == 0:
            speed = (run.step - first) * options.batch / (time.monotonic() - begun)
            print(f"step {run.step} loss {float(loss):.4f} {speed:.0f}/s", flush=True)
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            write_pieces(run.checkpoint(), options.out)
            saved = time.monotonic()
    run.seconds = before + time.monotonic() - begun
    return (run.step - first) * options.batch


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=9.5, help="of this run, loading included")
    parser.add_argument("--total-minutes", type=float, default=9, help="of training, over all runs: the length of the schedule")
    parser.add_argument("--steps", type=int, default=10**9, help="at most, in this run")
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--pca-crops", type=int, default=3072)
    parser.add_argument("--photos", type=int, help="only the first so many, for a test")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--no-bf16", dest="bf16", action="store_false")
    options = parser.parse_args()
    options.started = time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.backends.cudnn.benchmark = True
    run = Run(options.pack, options)
    print(f"begins at step {run.step}, {run.seconds:.0f} s trained before: {time.monotonic() - options.started:.1f} s", flush=True)
    if run.seconds >= options.total_minutes * 60:
        raise SystemExit(f"The schedule of {options.total_minutes:g} minutes is over. A longer --total-minutes trains on. Nothing was changed.")
    begun = time.monotonic()
    samples = train(run, options)
    seconds = time.monotonic() - begun
    write_pieces(run.checkpoint(), options.out)
    told = " ".join(f"{name} {part:.4f}" for name, part in run.held_out_parts().items())
    print(f"step {run.step}: {samples} samples in {seconds:.1f} s; held out: {told}", flush=True)


if __name__ == "__main__":
    main()
