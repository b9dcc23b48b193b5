"""Made-up repositories: what people do to plans, in the order that dice give, on branches that are merged."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

WORDS = ["beta", "gamma", "1.10", "'no'", "2027-04-05", "[a, b]", "{text: x}", '""', "v1.0", "2027-02-30", "2027-Q2"]
FIELDS = ("title", "due", "owner", "notes")
IDS = [f"item-{number}" for number in range(8)]
TASKS = ["draw", "test", "ship", "docs"]

Act = Callable[[Path, random.Random], None]


@dataclass(frozen=True)
class Scene:
    """What a made-up repository begins with, what is done to it, and the sources with which it is read."""

    files: dict[str, str]
    acts: tuple[Act, ...]
    config: str = ""


def make_history(folder: Path, scene: Scene, seed: int, commits: int) -> None:
    """A repository with merges, whose clock often runs backwards."""
    dice = random.Random(seed)
    git(folder.parent, "init", "--quiet", "--initial-branch=main", str(folder))
    for path, text in scene.files.items():
        write(folder / path, text)
    when = datetime(2026, 1, 1)
    commit(folder, when)
    for _ in range(commits):
        when += timedelta(hours=dice.randrange(-20, 30))
        (shape,) = dice.choices(list(SHAPES), list(SHAPES.values()))
        shape(_Work(folder, scene.files, scene.acts, dice, when))


@dataclass(frozen=True)
class _Work:
    """Somebody at work in a repository, at a time."""

    folder: Path
    files: dict[str, str]
    acts: tuple[Act, ...]
    dice: random.Random
    when: datetime

    def on_branch(self) -> str:
        """Some commits on a new branch; returns its name, and goes back to main."""
        name = f"side-{self.dice.randrange(10**9)}"
        git(self.folder, "switch", "--quiet", "--create", name)
        self.here()
        git(self.folder, "switch", "--quiet", "main")
        return name

    def here(self) -> None:
        for _ in range(self.dice.randrange(1, 3)):
            self.dice.choice(self.acts)(self.folder, self.dice)
            self.commit()

    def commit(self) -> None:
        commit(self.folder, self.when)

    def attempt(self, *arguments: str) -> None:
        """What makes a commit. Where it conflicts, that is committed as git left it."""
        date = {"GIT_COMMITTER_DATE": f"{self.when.isoformat()}Z", "GIT_AUTHOR_DATE": f"{self.when.isoformat()}Z"}
        try:
            git(self.folder, *arguments, **date)
        except subprocess.CalledProcessError:
            self.commit()


MERGE = ("merge", "--quiet", "--no-ff", "--message=Merge")


def _merged(work: _Work) -> None:
    """A branch, and often something on main meanwhile."""
    side = work.on_branch()
    if work.dice.random() < 0.6:
        work.dice.choice((_write_code, *work.acts))(work.folder, work.dice)
        work.commit()
    work.attempt(*MERGE, "-X", "theirs", side)


def _crossed(work: _Work) -> None:
    """A branch that main is merged into before it is merged itself."""
    side = work.on_branch()
    work.here()
    git(work.folder, "switch", "--quiet", side)
    work.attempt(*MERGE, "-X", work.dice.choice(["ours", "theirs"]), "main")
    work.here()
    git(work.folder, "switch", "--quiet", "main")
    work.here()
    work.attempt(*MERGE, "-X", "theirs", side)


def _octopus(work: _Work) -> None:
    """Several branches merged at once, with what one of them says, and something that none does."""
    sides = [work.on_branch() for _ in range(work.dice.randrange(2, 4))]
    git(work.folder, *MERGE, "--strategy=ours", "--no-commit", *sides)
    git(work.folder, "checkout", "--quiet", work.dice.choice(sides), "--", ".")
    work.dice.choice(work.acts)(work.folder, work.dice)
    work.commit()


def _squashed(work: _Work) -> None:
    side = work.on_branch()
    work.here()
    work.attempt("merge", "--quiet", "--squash", "-X", "theirs", side)
    work.commit()


def _picked(work: _Work) -> None:
    """One commit of a branch, and the branch itself later or never."""
    side = work.on_branch()
    work.here()
    work.attempt("cherry-pick", "--allow-empty", "--keep-redundant-commits", "-X", "theirs", side)
    if work.dice.random() < 0.5:
        work.attempt(*MERGE, "-X", "ours", side)


def _reverted(work: _Work) -> None:
    """Everything as it was a few commits ago."""
    past = git(work.folder, "rev-list", "--max-count=6", "HEAD").split()
    git(work.folder, "read-tree", "-u", "--reset", work.dice.choice(past))
    work.commit()


def _joined(work: _Work) -> None:
    """A history of its own, with another root, is joined."""
    git(work.folder, "switch", "--quiet", "--orphan", "stranger")
    for path, text in work.files.items():
        write(work.folder / path, text.replace("Made up", "Strange"))
    work.here()
    git(work.folder, "switch", "--quiet", "main")
    work.attempt(*MERGE, "--allow-unrelated-histories", "-X", "ours", "stranger")
    git(work.folder, "branch", "--quiet", "-D", "stranger")


SHAPES: dict[Callable[[_Work], None], float] = {
    _Work.here: 12, _merged: 4, _crossed: 0.7, _octopus: 0.7, _squashed: 0.7, _picked: 0.7, _reverted: 0.7,
    _joined: 0.2,
}  # fmt: skip


def commit(folder: Path, when: datetime) -> None:
    git(folder, "add", "--all")
    date = {"GIT_AUTHOR_DATE": f"{when.isoformat()}Z", "GIT_COMMITTER_DATE": f"{when.isoformat()}Z"}
    git(folder, "commit", "--quiet", "--allow-empty", "--message=Change", **date)


def git(folder: Path, *arguments: str, **environment: str) -> str:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "gc.auto=0"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **environment})
    return done.stdout


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


# A plan of our own.


def plan_folder(folder: Path) -> Path:
    return folder / "plan" if (folder / "plan" / "milepost.yaml").exists() else folder


def plan_files(folder: Path) -> list[Path]:
    return sorted((plan_folder(folder) / "milestones").glob("**/*.yaml"))


def write_milestone(folder: Path, dice: random.Random) -> None:
    files = plan_files(folder)
    new = plan_folder(folder) / f"milestones/f{dice.randrange(12)}.yaml"
    path = dice.choice(files) if files and dice.random() < 0.8 else new
    lines = [f"{key}: {dice.choice(WORDS)}" for key in FIELDS if dice.random() < 0.7]
    tasks = [f"  - {{id: {name}, estimate: {dice.randrange(9)}d}}" for name in TASKS if dice.random() < 0.3]
    write(path, "\n".join([f"id: {dice.choice(IDS)}", *lines, *(["tasks:", *tasks] if tasks else []), ""]))


def remove_milestone(folder: Path, dice: random.Random) -> None:
    if files := plan_files(folder):
        dice.choice(files).unlink()


def move_file(folder: Path, dice: random.Random) -> None:
    if files := plan_files(folder):
        path = dice.choice(files)
        target = plan_folder(folder) / f"milestones/sub-{dice.randrange(3)}/{path.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)


def break_file(folder: Path, dice: random.Random) -> None:
    if files := plan_files(folder):
        write(dice.choice(files), dice.choice(["id: [broken\n", "a: b: c\n", "\tid: x\n"]))


def rename_id(folder: Path, dice: random.Random) -> None:
    files = [
        path for path in plan_files(folder) if path.read_text().startswith("id: ") and "was:" not in path.read_text()
    ]
    if files:
        path = dice.choice(files)
        first, _, rest = path.read_text().partition("\n")
        write(path, f"id: new-{dice.randrange(10_000)}\nwas: [{first.removeprefix('id: ')}]\n{rest}")


def swap_ids(folder: Path, dice: random.Random) -> None:
    """Two items swap their ids, and say so; or a row of them moves by one."""
    files = [
        path for path in plan_files(folder) if path.read_text().startswith("id: ") and "was:" not in path.read_text()
    ]
    by_id = {path.read_text().partition("\n")[0].removeprefix("id: "): path for path in files}
    ids = dice.sample(sorted(by_id), min(len(by_id), dice.choice([2, 3])))
    texts = {id: by_id[id].read_text().partition("\n")[2] for id in ids}
    for old, new in zip(ids, [*ids[1:], ids[0]], strict=True) if len(ids) > 1 else ():
        write(by_id[old], f"id: {new}\nwas: [{old}]\n{texts[old]}")


def carry_task(folder: Path, dice: random.Random) -> None:
    """A task goes from one milestone to another, perhaps with another estimate."""
    files = plan_files(folder)
    if len(files) < 2:
        return
    source, target = dice.sample(files, 2)
    lines = source.read_text().splitlines()
    tasks = [line for line in lines if line.startswith("  - {id:")]
    if not tasks or not target.read_text().startswith("id: "):
        return
    task = dice.choice(tasks)
    lines.remove(task)
    write(source, "\n".join(line for line in lines if line != "tasks:" or len(tasks) > 1) + "\n")
    text = target.read_text().rstrip("\n")
    more = task if dice.random() < 0.5 else task.replace("estimate: ", "estimate: 1")
    write(target, f"{text}\n{'' if 'tasks:' in text else f'tasks:{chr(10)}'}{more}\n")


def change_plan(folder: Path, dice: random.Random) -> None:
    release = dice.choice(["2027-02-10", "{due: 2027-03-01, because: {external: the store}}", "2027-02-30"])
    text = f"milepost: 1\ntitle: {dice.choice(WORDS)}\nreleases: {{v1.0: {release}}}\npeople:\n  ada: {{name: Ada}}\n"
    write(plan_folder(folder) / "milepost.yaml", text)


def move_plan(folder: Path, _: random.Random) -> None:
    """The whole plan goes from the root to plan/, or back."""
    here = plan_folder(folder)
    there = folder if here != folder else folder / "plan"
    there.mkdir(exist_ok=True)
    for name in ("milepost.yaml", "milestones"):
        if (here / name).exists() and not (there / name).exists():
            (here / name).rename(there / name)


def _write_code(folder: Path, dice: random.Random) -> None:
    write(folder / f"code-{dice.randrange(10_000)}.py", "pass\n")


PLAN = Scene(
    {"plan/milepost.yaml": "milepost: 1\ntitle: Made up\n"},
    (write_milestone,) * 6 + (remove_milestone, move_file, break_file, rename_id, swap_ids, carry_task, change_plan),
)
MOVING = Scene(PLAN.files, (write_milestone,) * 4 + (remove_milestone, carry_task, rename_id, change_plan, move_plan))


# Plans in another shape.

TEMPLATE = "---\ntitle: Title\ntarget: v1.{n}\nstatus: provisional\nowning-sig: sig-{sig}\n---\n\n# Summary\n\n" + (
    "Why this is worth doing, and for whom.\n\n" * 6
)
CONFIG = """
sources:
  - files: "docs/**/*.md"
    kind: milestone
    fields: {due: target, title: title, status: status}
    values: {finished: {from: status, when: agisional, date: accepted}}
  - {files: "list.yaml", kind: milestone, each: "items", id: "D{number}", fields: {due: date, title: name}}
  - {files: "many.yaml", kind: milestone, id: "{name}", fields: {due: when, title: text}}
  - {files: "data/*.json", kind: milestone, each: ".", id: "{stem}-{key}", fields: {due: end.date, title: start},
     set: {owner: ada}, track: [end]}
"""


LOST = [0, 0, 0, 0.4, 0.5, 0.6]  # how much of a page is written anew when it is renamed: git wants half of it to stay


def write_page(folder: Path, dice: random.Random) -> None:
    text = TEMPLATE.format(n=dice.randrange(30), sig=dice.randrange(3))
    text = text.replace("\n", "\r\n") if dice.random() < 0.2 else text
    text = "\ufeff" + text if dice.random() < 0.1 else text
    write(folder / f"docs/sig-{dice.randrange(3)}/deep/{dice.randrange(8)}-page/readme.md", text)


def edit_page(folder: Path, dice: random.Random) -> None:
    pages = sorted((folder / "docs").glob("**/*.md"))
    for path in pages and [dice.choice(pages)]:
        text = path.read_bytes().decode()
        change = dice.choice(
            [
                ("target: v1.", "target:\tv2."),
                ("status: prov", "status: done\nstatus: ag"),
                ("status: ag", "status: prov"),
                ("---", "--"),
            ]
        )
        write(path, text.replace(*change, 1))


def rename_page(folder: Path, dice: random.Random) -> None:
    """A page gets another name or its earlier one back, and is edited or not; one may come in its old place."""
    pages = sorted((folder / "docs").glob("**/*.md"))
    if not pages:
        return
    path = dice.choice(pages)
    target = folder / f"docs/sig-{dice.randrange(3)}/deep/{dice.randrange(8)}-page/{path.name}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        lines = target.read_bytes().decode().replace("worth", dice.choice(["worth", "well worth"])).splitlines(True)
        lost = dice.choice(LOST)
        kept = [f"{dice.random()}\n" if dice.random() < lost else line for line in lines]
        write(target, "".join(kept))
        if dice.random() < 0.3:
            write_page(folder, dice)


def remove_page(folder: Path, dice: random.Random) -> None:
    pages = sorted((folder / "docs").glob("**/*.md"))
    if pages:
        dice.choice(pages).unlink()


def write_list(folder: Path, dice: random.Random) -> None:
    """A numbered list: one more in the middle renumbers all that follow."""
    entries = [(dice.choice(["1.1", "1.10", "2", "3"]), dice.choice(WORDS[:5])) for _ in range(dice.randrange(5))]
    text = "items:\n" + "".join(f"  - number: {number}\n    date:\t{date}\n    name: N\n" for number, date in entries)
    write(folder / "list.yaml", text if entries else dice.choice(["items: []\n", "items: [\n", "# nothing\n"]))


def write_many(folder: Path, dice: random.Random) -> None:
    names = dice.sample(["a", "b", "c"], dice.randrange(4))
    parts = [f"name: {name}\nwhen: 2027-02-{dice.randrange(20, 40)}\nwhen: 2027-03-01\n" for name in names]
    write(folder / "many.yaml", "\ufeff" * (dice.random() < 0.2) + "---\n".join(parts))


def write_json(folder: Path, dice: random.Random) -> None:
    path = folder / f"data/{dice.choice('xy')}.json"
    if path.exists() and dice.random() < 0.3:
        path.unlink()
    else:
        end = dice.choice(['{"date": "2027-01-01"}', '{"date": 1.10}', "null", "{"])
        write(path, f'{{"v1": {{"end": {end}, "start": true}}, "1.10": {{"end": {{"date": "{dice.randrange(9)}"}}}}}}')


SOURCES = Scene(
    {"README.md": "x\n"},
    (write_page,) * 3 + (edit_page,) * 3 + (rename_page,) * 3 + (remove_page, write_list, write_many, write_json),
    CONFIG,
)
SCENES = {"plan": PLAN, "moving": MOVING, "sources": SOURCES}
