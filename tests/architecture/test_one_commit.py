"""One function commits and one rolls back: `write_transaction`; the rest of the project cannot forget it."""

import ast

from tests.architecture.source import product

TRANSACTIONS = "nominations/transactions.py"
FOREIGN_WORDS = ("autocommit", "COMMIT", "ROLLBACK")  # ways round it


def sites(method: str) -> list[str]:
    """Return the files that call a method, a name for each call."""
    return [where.partition(":")[0] for module in product() for where in module.calls(method)]


def test_one_function_commits() -> None:
    assert sites("commit") == [TRANSACTIONS]
    functions = [function for module in product() for function in module.functions() if commits(function)]
    assert [function.name for function in functions] == ["write_transaction"]


def test_one_file_rolls_back() -> None:
    assert set(sites("rollback")) == {TRANSACTIONS}


def test_nobody_goes_round_it() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in product()
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Constant) and node.value in FOREIGN_WORDS)
        or (isinstance(node, ast.keyword) and node.arg == "autocommit")
    ]
    assert found == []


def test_nobody_begins_a_transaction_by_hand() -> None:
    """Migrations alone have their own: they run before there is anything to serve."""
    found = {
        str(module.path)
        for module in product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("begin", "begin_nested", "begin_twophase") and not node.args
    }
    assert found <= {"nominations/migrations/__init__.py"}


def commits(function: ast.AST) -> bool:
    """Say whether a function calls a method named commit."""
    return any(isinstance(node, ast.Attribute) and node.attr == "commit" for node in ast.walk(function))
