#!/usr/bin/env bash
# Trains the backbone on a machine with a GPU that has no network. Three steps:
#
#   on-gpu.sh pack  [--without SOURCE ...]   here: fills .work/gpu/pack, at most 60 MiB
#   on-gpu.sh train [--minutes 9.5 ...]      there, in a copy of that folder: leaves pieces of at most 16 MiB in $OUT (default ./out)
#   on-gpu.sh back FOLDER                    here: joins the pieces to .work/gpu/checkpoint-128.pt, where the next `pack` begins
#
# and then `python3 export.py --work .work/gpu --name NAME`. Options go to pack.py and gpu_train.py.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${WORK:-$here/.work/gpu}
python=${PYTHON:-python3}

require_gpu() {
  "$python" - <<'PY'
import sys

try:
    import numpy
    import torch
    from PIL import features
except ImportError as error:
    sys.exit(f"Training needs Python with torch (built for CUDA), numpy and Pillow; {error.name} is missing. Nothing was changed.")
if not features.check("webp"):
    sys.exit("This Pillow cannot read WebP. Install one that can. Nothing was changed.")
if not torch.cuda.is_available():
    sys.exit(f"torch {torch.__version__} sees no GPU here. ALLOW_CPU=1 trains on the CPU, for a test of a few steps. Nothing was changed.")
print(f"torch {torch.__version__}, {torch.cuda.get_device_name()}")
PY
}

join_pieces() {
  local folder joined=$work/checkpoint-128.part
  mkdir -p "$work"
  for folder in $(printf '%s\n' "$1"/step-*/ | sort -r); do
    [ -f "$folder/checkpoint.sha256" ] || continue
    cat "$folder"/checkpoint.pt.?? >"$joined"
    if echo "$(cat "$folder/checkpoint.sha256")  $joined" | sha256sum --check --status; then
      mv "$joined" "$work/checkpoint-128.pt"
      echo "$folder -> $work/checkpoint-128.pt"
      return
    fi
    rm "$joined"
  done
  echo "No step-* in $1 has all pieces of the checkpoint that was written: fetch them again. Nothing was changed." >&2
  exit 1
}

case ${1:-} in
  pack) exec "$python" "$here/pack.py" --work "$work" "${@:2}" ;;
  train)
    [ "${ALLOW_CPU:-}" = 1 ] || require_gpu
    exec "$python" "$here/gpu_train.py" --pack "${PACK:-$here}" --out "${OUT:-out}" "${@:2}"
    ;;
  back) join_pieces "${2:?the folder with step-*/checkpoint.pt.00}" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
