"""What the import contracts cannot see: relations, migrations and names in strings point down, too."""

import ast

import pytest
from celery import current_app
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

from tests.architecture.tree import APPS, modules

RANK = {app: number for number, app in enumerate(APPS)}
OUR_MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


def relations(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, Field) and field.is_relation]


def crossings() -> list[tuple[type[Model], Field]]:
    """Relations of ours to a model of another app of ours."""
    return [
        (model, field)
        for model in OUR_MODELS
        for field in relations(model)
        if field.related_model._meta.app_label in RANK
        and field.related_model._meta.app_label != model._meta.app_label
    ]


def test_relations_between_apps_point_down() -> None:
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model._meta.label}"
        for model, field in crossings()
        if RANK[field.related_model._meta.app_label] > RANK[model._meta.app_label]
    ]
    assert upward == []


def test_relations_between_apps_have_no_way_back() -> None:
    backward = [
        f"{model.__name__}.{field.name}" for model, field in crossings() if not field.remote_field.hidden
    ]
    assert backward == []


def test_migrations_depend_only_on_lower_apps() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    upward = [
        f"{app}.{name} needs {needed}"
        for (app, name), migration in loader.disk_migrations.items()
        for needed, _ in migration.dependencies
        if app in RANK and needed in RANK and RANK[needed] > RANK[app]
    ]
    assert upward == []


def task_names_in(tree: ast.Module) -> list[str]:
    """First arguments of `signature(...)` and `send_task(...)`."""
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"signature", "send_task"}
    ]


@pytest.fixture(scope="module")
def registered() -> set[str]:
    current_app.loader.import_default_modules()
    return set(current_app.tasks)


def test_every_task_called_by_name_is_registered(registered: set[str]) -> None:
    named = {(str(path), name) for path, tree in modules(*APPS) for name in task_names_in(tree)}
    assert {(path, name) for path, name in named if name not in registered} == set()


def test_every_scheduled_task_is_registered(registered: set[str]) -> None:
    assert {entry["task"] for entry in current_app.conf.beat_schedule.values()} <= registered


def test_a_task_is_one_call() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules(*APPS)
        if path.name == "tasks.py" or path.parent.name == "tasks"
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 10
    ]
    assert long == []
