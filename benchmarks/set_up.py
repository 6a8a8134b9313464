"""From a clean clone with an empty package cache: seconds of `make demo` the first and second time, size of the core."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "comity"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        environment = {**os.environ, "PIP_CACHE_DIR": str(Path(folder) / "cache")}
        for name in ("first", "second"):
            start = time.perf_counter()
            subprocess.run(["make", "demo"], cwd=clone, env=environment, check=True, capture_output=True)
            print(f"make demo, {name} time: {time.perf_counter() - start:.1f} s")
        files = [path for path in (clone / ".venv").rglob("*") if path.is_file() and not path.is_symlink()]
        print(f"core install (.venv): {sum(path.stat().st_size for path in files) / 1e6:.0f} MB in {len(files)} files")


if __name__ == "__main__":
    main()
