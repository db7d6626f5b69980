#!/usr/bin/env python3
"""Builds one generated site with Greffe and its contributions with Hugo, in turn, and prints a Markdown table of
medians and of the ratio Greffe/Hugo. Each build writes into a folder of its own, its input in the page cache; the
disk is quiet when the clock starts. Nothing is deleted before the last build: ext4 looks for a free inode past each
that was freed in the last minutes, which makes the next ten thousand files cost twice as much. Time is the wall's;
memory is the peak resident set that the system counted for the process; the processor's time is given too, because
it suffers less from a busy machine.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


class Run:
    """What one build cost."""

    def __init__(self, wall, usage):
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024  # KiB on Linux


def main():
    args = arguments()
    site = args.site.resolve()
    outputs = pathlib.Path(tempfile.mkdtemp(prefix=f"{site.name}-out-", dir=site.parent))
    commands = {"greffe": greffe(args, site), "hugo": hugo(args, site)}
    runs = {who: [] for who in commands}
    for turn in range(args.runs + 1):
        for who, command in commands.items():
            run = timed(command(outputs / f"{who}-{turn}"))
            # The first turn warms the cache.
            if turn > 0:
                runs[who].append(run)
            print(f"{site.name} {who} {run.wall:.2f} s {run.cpu:.2f} s {run.peak:.0f} MiB", file=sys.stderr)
    last = {who: outputs / f"{who}-{args.runs}" for who in commands}
    table(args, site, runs, {who: tree(out) for who, out in last.items()})
    again = timed(commands["greffe"](last["greffe"]))
    print(f"\nGreffe once more over its own output, nothing changed: {again.wall:.2f} s, {again.peak:.0f} MiB.")
    os.sync()
    stages = outputs / "stages"
    command = [*commands["greffe"](stages), "--timings"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"\n```\n{said.replace(str(stages), 'OUTPUT').rstrip()}\n```\n", flush=True)


def greffe(args, site):
    # A fixed date, so that no clock and no git history enters into it.
    fixed = [args.greffe, "build", "--root", str(site), "--as-of", "2026-07-01", "--output"]
    return lambda out: [*fixed, str(out)]


def hugo(args, site):
    content = site / "content" / "consultation" / "contributions"
    fixed = [args.hugo, "--quiet", "--noBuildLock", "--source", str(HERE / "hugo"), "--contentDir", str(content)]
    return lambda out: [*fixed, "--destination", str(out)]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--greffe", required=True)
    parser.add_argument("--hugo", required=True)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def timed(command):
    """Runs a command to its end; what it says is shown only when it fails."""
    os.sync()
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        # `posix_spawn`, not `fork`: a forked child would be charged with the memory of this script.
        pid = os.posix_spawn(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, said.fileno(), 1), (os.POSIX_SPAWN_DUP2, said.fileno(), 2)],
        )
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - began
        if status != 0:
            said.seek(0)
            sys.exit(f"{' '.join(command)}: status {status}\n{said.read().decode(errors='replace')}")
    return Run(wall, usage)


def tree(folder):
    """Pages, files and megabytes of an output."""
    pages = files = size = 0
    for where, _, names in os.walk(folder):
        for name in names:
            files += 1
            pages += name.endswith(".html")
            size += os.stat(os.path.join(where, name)).st_size
    return pages, files, size / 1e6


def table(args, site, runs, trees):
    def middle(who, what):
        return statistics.median(getattr(run, what) for run in runs[who])

    def spread(who):
        walls = [run.wall for run in runs[who]]
        return f"{min(walls):.2f}–{max(walls):.2f}"

    inputs = sum(len(names) for _, _, names in os.walk(site))
    load = os.getloadavg()[0]
    print(f"### {site.name}: {inputs} files read, {args.runs} builds each in turn, load {load:.1f} on {os.cpu_count()} cores\n")
    print("| | time (s) | fastest–slowest | processor (s) | peak memory (MiB) | pages | files | output (MB) |")
    print("|---|---|---|---|---|---|---|---|")
    for who in ("greffe", "hugo"):
        pages, files, size = trees[who]
        print(
            f"| {who} | {middle(who, 'wall'):.2f} | {spread(who)} | {middle(who, 'cpu'):.2f} "
            f"| {middle(who, 'peak'):.0f} | {pages} | {files} | {size:.1f} |"
        )
    ratios = [middle("greffe", what) / middle("hugo", what) for what in ("wall", "cpu", "peak")]
    share = [trees["greffe"][at] / trees["hugo"][at] for at in range(3)]
    print(
        f"| **Greffe / Hugo** | **{ratios[0]:.2f}** | | {ratios[1]:.2f} | **{ratios[2]:.2f}** "
        f"| {share[0]:.2f} | {share[1]:.2f} | {share[2]:.2f} |"
    )


if __name__ == "__main__":
    main()
