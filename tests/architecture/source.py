"""The project's own Python files, read as trees: what the rules about the code are asked of."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of the product: its dotted name, where it lies, its tree."""

    name: str
    path: Path
    tree: ast.Module

    def imports(self, within: ast.AST | None = None) -> Iterator[str]:
        """Yield the dotted name of everything imported: a module where it is one, else what is in it."""
        for node in ast.walk(within or self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                yield from (f"{origin}.{alias.name}" for alias in node.names)

    def functions(self) -> Iterator[FunctionNode]:
        """Yield every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, FunctionNode):
                yield node

    def calls(self, method: str) -> Iterator[str]:
        """Yield where a method of that name is called, as `path:line`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
                yield f"{self.path}:{node.lineno}"

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.path.name == "__init__.py" else self.name.split(".")[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *filter(None, [node.module])])


@functools.cache
def product() -> tuple[Module, ...]:
    """Return every module of the product, tests and benchmark apart."""
    files = [ROOT / "config.py", ROOT / "wsgi.py"]
    for folder in ("workflows", "nominations"):
        files += sorted((ROOT / folder).rglob("*.py"))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Module:
    path = file.relative_to(ROOT)
    parts = path.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(file.read_text(), str(path)))
