"""Find the imports of a checkout's modules in their syntax trees."""

import ast
from collections.abc import Iterator
from copy import copy
from pathlib import Path

# The sub-rooms of services: imports point down this list only.
SUB_ROOMS = (
    *("sync", "digest", "reports", "overview", "changes", "pasted_lists", "saved_views", "lists"),
    *("checking", "search", "organizations", "history", "cases", "watching", "diagnosis"),
    *("operations", "drafts", "credentials", "tokens", "single_sign_on", "audit"),
    *("accounts", "disclosures", "access", "facts", "wording"),
)
PACKAGES = ("billing_portal", "customers", "demo", "observability", "sandbox")


class Code:
    def __init__(self, root: Path) -> None:
        files = [root / "manage.py"]
        for package in PACKAGES:
            files += sorted((root / package).rglob("*.py"))
        self.trees = {name_of(root, file): ast.parse(file.read_text()) for file in files}
        self.imports = {module: self._imports_of(module) for module in self.trees}

    def spoiled(self, module: str, tree: ast.Module) -> "Code":
        """The same code with another text of one module."""
        other = copy(self)
        other.trees = self.trees | {module: tree}
        other.imports = self.imports | {module: other._imports_of(module)}
        return other

    def _imports_of(self, module: str) -> set[str]:
        return set(self._imported(module, self.trees[module]))

    def _imported(self, module: str, tree: ast.Module) -> Iterator[str]:
        """All imports of a module, including `import_module("a literal")`."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = _absolute(module, node)
                yield from (self._module_of(base, alias.name) for alias in node.names)
            elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
                yield from (str(a.value) for a in node.args[:1] if isinstance(a, ast.Constant))

    def _module_of(self, base: str, name: str) -> str:
        inner = f"{base}.{name}"
        return inner if inner in self.trees else base


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _absolute(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")[: -node.level]
    return ".".join([*parts, node.module] if node.module else parts)


def is_in(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def name_of(root: Path, file: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
